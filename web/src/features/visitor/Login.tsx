import { useState } from "preact/hooks";
import { useAction } from "../../core/hooks.ts";
import { post } from "../../core/http.ts";
import { sessionEnded, start } from "../../core/live.ts";
import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { Button } from "../../ui/Button.tsx";
import { PasswordField, TextField } from "../../ui/Field.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { VisitorFrame } from "./VisitorFrame.tsx";

/** The page asked for stays in the address, and is shown once in. */
export function Login() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const entering = useAction();
  const submit = () =>
    void entering.run(async () => {
      await post("session.open", { email: email.trim(), password });
      await start();
    });
  return (
    <VisitorFrame title={t.login.title}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {sessionEnded.value && <Notice kind="caution">{t.login.ended}</Notice>}
        <TextField
          type="email"
          autocomplete="username"
          inputMode="email"
          required
          label={t.login.email}
          value={email}
          onValue={setEmail}
        />
        <PasswordField
          autocomplete="current-password"
          label={t.login.password}
          value={password}
          onValue={setPassword}
        />
        {entering.error && <Notice kind="error">{entering.error}</Notice>}
        <div class="row">
          <Button type="submit" kind="primary" busy={entering.busy}>
            {t.login.submit}
          </Button>
        </div>
        <p>
          <a href={hrefOf({ page: "forgot" })}>{t.login.forgot}</a>
        </p>
        <p class="small muted">{t.login.invited}</p>
      </form>
    </VisitorFrame>
  );
}
