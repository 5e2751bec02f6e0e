import { useState } from "preact/hooks";
import { dateOf } from "../../core/dates.ts";
import { useAction, useFacts, useQuery } from "../../core/hooks.ts";
import { ask, send } from "../../core/live.ts";
import { messageOf } from "../../core/problem.ts";
import { t } from "../../core/strings.ts";
import type { Invitation } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Failed } from "../../ui/Notice.tsx";
import { toast } from "../../ui/Toasts.tsx";
import { LinkToCopy } from "./LinkToCopy.tsx";
import { invitationsChanged } from "./signals.ts";

/** Those sent and not used yet. */
export function Invitations({ club }: { club: number }) {
  const { data, error, again } = useQuery(
    () => ask("invitation.list", { club }),
    [club, invitationsChanged.value],
  );
  useFacts(["member.changed"], again);
  const [link, setLink] = useState<{ name: string; link: string } | undefined>(undefined);
  const invitations = data?.invitations ?? [];
  if (!error && invitations.length === 0) {
    return null;
  }
  return (
    <section class="section" aria-labelledby="invitations">
      <h2 id="invitations">{t.members.invitations}</h2>
      {error && <Failed error={error} again={again} />}
      <ul class="list">
        {invitations.map((one) => (
          <InvitationItem
            key={one.id}
            invitation={one}
            onLink={(sent) => {
              setLink({ name: one.name, link: sent });
              again();
            }}
            onChange={again}
          />
        ))}
      </ul>
      {link && (
        <Dialog title={t.members.resent} onClose={() => setLink(undefined)}>
          <LinkToCopy {...link} />
        </Dialog>
      )}
    </section>
  );
}

interface ItemProps {
  invitation: Invitation;
  onLink: (link: string) => void;
  onChange: () => void;
}

function InvitationItem({ invitation, onLink, onChange }: ItemProps) {
  const acting = useAction();
  const expired = invitation.expires_at < Date.now();
  const resend = async () =>
    onLink((await send("invitation.resend", { invitation: invitation.id })).link);
  const revoke = async () => {
    await send("invitation.revoke", { invitation: invitation.id });
    toast(t.members.revoked);
    onChange();
  };
  const run = (work: () => Promise<void>) =>
    void acting.run(() => work().catch((error: unknown) => toast(messageOf(error))));
  return (
    <li class="list-item list-item-wrap">
      <div class="grow">
        <p>
          <strong>{invitation.name}</strong>{" "}
          <span class="muted small">{t.roles[invitation.role]}</span>
        </p>
        <p class="small muted">
          {invitation.email} ·{" "}
          {expired ? t.members.expired : t.members.expires(dateOf(invitation.expires_at))}
        </p>
      </div>
      <Button
        small
        busy={acting.busy}
        onClick={() => run(resend)}
        label={`${t.members.resend} : ${invitation.name}`}
      >
        {t.members.resend}
      </Button>
      <Button
        small
        busy={acting.busy}
        onClick={() => run(revoke)}
        label={`${t.members.revoke} : ${invitation.name}`}
      >
        {t.members.revoke}
      </Button>
    </li>
  );
}
