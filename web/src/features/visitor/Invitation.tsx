// An invitation: what it opens, then one form to come in. Looking at it consumes nothing.

import { useState } from "preact/hooks";
import { dateOf } from "../../core/dates.ts";
import { useAction, useQuery } from "../../core/hooks.ts";
import { post } from "../../core/http.ts";
import { forget, start } from "../../core/live.ts";
import { go } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Commands } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { PasswordField, TextField } from "../../ui/Field.tsx";
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

/**
 * A new account chooses its password; one that exists gives its own; one that is logged in,
 * nothing.
 */
function Accept({ token, offer }: { token: string; offer: Offer }) {
  const [name, setName] = useState(offer.name);
  const [password, setPassword] = useState("");
  const accepting = useAction();
  const words = offer.mine ? {} : offer.account ? { password } : { password, name: name.trim() };
  const submit = () =>
    void accepting.run(async () => {
      await post("invitation.accept", { token, ...words });
      go({ page: "today" }, "replace");
      forget(false); // whoever was here before: the session is the invited person's now
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
        <dd>{offer.label}</dd>
        {offer.channel && (
          <>
            <dt>{t.nav.channel}</dt>
            <dd>{offer.channel}</dd>
          </>
        )}
        <dt>{t.invitation.email}</dt>
        <dd>{offer.email}</dd>
        <dt>{t.invitation.expires}</dt>
        <dd>{dateOf(offer.expires_at)}</dd>
      </dl>
      {offer.account && !offer.mine && (
        <>
          <p>{t.invitation.known}</p>
          <PasswordField
            autocomplete="current-password"
            label={t.password.label}
            value={password}
            onValue={setPassword}
          />
        </>
      )}
      {!offer.account && (
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
        {offer.account ? t.invitation.acceptKnown : t.invitation.accept}
      </Button>
    </form>
  );
}
