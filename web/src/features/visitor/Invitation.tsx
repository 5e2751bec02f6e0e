// An invitation: what it opens, then one form to come in. Looking at it consumes nothing.

import { useState } from "preact/hooks";
import { useAction, useQuery } from "../../core/hooks.ts";
import { post } from "../../core/http.ts";
import { start } from "../../core/live.ts";
import { go } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Commands } from "../../gen/protocol.ts";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Field.tsx";
import { NewPassword } from "../../ui/NewPassword.tsx";
import { Failed, Loading, Notice } from "../../ui/Notice.tsx";
import { VisitorFrame } from "./VisitorFrame.tsx";

type Offer = Commands["invitation.get"][1];

export function Invitation({ token }: { token: string }) {
  const { data, error, again } = useQuery(() => post("invitation.get", { token }), [token]);
  return (
    <VisitorFrame title={data ? t.invitation.welcome(data.name) : t.invitation.title}>
      {token === "" ? <Notice kind="error">{t.invitation.missing}</Notice> : null}
      {token !== "" && error && <Failed error={error} again={again} />}
      {token !== "" && !data && !error && <Loading />}
      {data && <Accept token={token} offer={data} />}
    </VisitorFrame>
  );
}

function Accept({ token, offer }: { token: string; offer: Offer }) {
  const [name, setName] = useState(offer.name);
  const [password, setPassword] = useState("");
  const accepting = useAction();
  const submit = () =>
    void accepting.run(async () => {
      await post("invitation.accept", offer.known ? { token } : { token, name: name.trim(), password });
      go({ page: "today" }, "replace");
      await start();
    });
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p>
        {t.invitation.into(offer.club)}
        {offer.invited_by && ` ${t.invitation.by(offer.invited_by)}`}.
      </p>
      <dl class="facts">
        <dt>{t.invitation.role}</dt>
        <dd>{t.roles[offer.role]}</dd>
        <dt>{t.invitation.email}</dt>
        <dd>{offer.email}</dd>
      </dl>
      {offer.known ? (
        <p>{t.invitation.known}</p>
      ) : (
        <>
          <TextField
            autocomplete="name"
            label={t.invitation.name}
            hint={t.invitation.nameHint}
            value={name}
            onValue={setName}
          />
          <NewPassword label={t.password.label} value={password} onValue={setPassword} />
        </>
      )}
      {accepting.error && <Notice kind="error">{accepting.error}</Notice>}
      <Button type="submit" kind="primary" busy={accepting.busy}>
        {offer.known ? t.invitation.acceptKnown : t.invitation.accept}
      </Button>
    </form>
  );
}
