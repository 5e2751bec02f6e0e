// A forgotten password: asking for the link, then using it. Opening the link changes nothing by
// itself.

import { useState } from "preact/hooks";
import { useAction } from "../../core/hooks.ts";
import { post } from "../../core/http.ts";
import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Field.tsx";
import { NewPassword } from "../../ui/NewPassword.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { VisitorFrame } from "./VisitorFrame.tsx";

export function Forgot() {
  const [email, setEmail] = useState("");
  const [sent, setSent] = useState(false);
  const asking = useAction();
  const submit = () =>
    void asking.run(async () => {
      await post("password.forgot", { email: email.trim() });
      setSent(true);
    });
  if (sent) {
    return (
      <VisitorFrame title={t.forgot.sentTitle}>
        <p role="status">{t.forgot.sent}</p>
        <ToLogin />
      </VisitorFrame>
    );
  }
  return (
    <VisitorFrame title={t.forgot.title}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p>{t.forgot.intro}</p>
        <TextField
          type="email"
          autocomplete="username"
          required
          label={t.login.email}
          value={email}
          onValue={setEmail}
        />
        {asking.error && <Notice kind="error">{asking.error}</Notice>}
        <Button type="submit" kind="primary" busy={asking.busy}>
          {t.forgot.submit}
        </Button>
        <ToLogin />
      </form>
    </VisitorFrame>
  );
}

export function Reset({ token }: { token: string }) {
  const [password, setPassword] = useState("");
  const [done, setDone] = useState(false);
  const saving = useAction();
  const submit = () =>
    void saving.run(async () => {
      await post("password.reset", { token, password });
      setDone(true);
    });
  if (done) {
    return (
      <VisitorFrame title={t.reset.title}>
        <p role="status">{t.reset.done}</p>
        <ToLogin />
      </VisitorFrame>
    );
  }
  return (
    <VisitorFrame title={t.reset.title}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <NewPassword value={password} onValue={setPassword} />
        {saving.error && <Notice kind="error">{saving.error}</Notice>}
        <Button type="submit" kind="primary" busy={saving.busy}>
          {t.reset.submit}
        </Button>
      </form>
    </VisitorFrame>
  );
}

function ToLogin() {
  return (
    <p>
      <a href={hrefOf({ page: "login" })}>{t.forgot.toLogin}</a>
    </p>
  );
}
