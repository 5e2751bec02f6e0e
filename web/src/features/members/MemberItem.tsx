import { useState } from "preact/hooks";
import { dateOf } from "../../core/dates.ts";
import { useAction, useSelect } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { personOf } from "../../core/named.ts";
import { messageOf } from "../../core/problem.ts";
import { go } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Member, Membership, Role } from "../../core/types.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { Disc } from "../../ui/Disc.tsx";
import { Choices } from "../../ui/Field.tsx";
import { Menu, type MenuItem } from "../../ui/Menu.tsx";
import { PersonLink } from "../../ui/person/PersonLink.tsx";
import { toast } from "../../ui/Toasts.tsx";

interface ItemProps {
  member: Member;
  manages: boolean;
  present: boolean;
  channel?: string; // the one they are a guest of
  onChange: () => void;
}
type Open = { what: "role" | "end" | "tenure"; membership: Membership } | undefined;

export function MemberItem({ member, manages, present, channel, onChange }: ItemProps) {
  const me = useSelect((now) => now.me.id, []);
  const [open, setOpen] = useState<Open>(undefined);
  const { id, name, memberships } = member;
  const write = () =>
    void send("direct.open", { people: [id] })
      .then(({ id }) => go({ page: "direct", channel: id }))
      .catch((error: unknown) => toast(messageOf(error)));
  const close = () => setOpen(undefined);
  return (
    <li class="list-item">
      <Disc person={personOf(member)} />
      <div class="grow">
        <p>
          <PersonLink person={member} />{" "}
          {present && <span class="small positive">{t.members.present}</span>}
        </p>
        {memberships.map((membership) => (
          <MembershipLine key={membership.id} membership={membership} channel={channel} />
        ))}
        {memberships.length === 0 && <p class="small muted">{member.label}</p>}
      </div>
      {id !== me && (
        <IconButton icon="direct" label={`${t.members.write} : ${name}`} onClick={write} />
      )}
      {manages && id !== me && memberships.length > 0 && (
        <Menu
          label={t.members.actions(name)}
          items={memberships.flatMap((one) => itemsFor(one, setOpen))}
        />
      )}
      {open?.what === "role" && (
        <RoleDialog {...{ name, onChange }} membership={open.membership} onClose={close} />
      )}
      {open && open.what !== "role" && (
        <EndDialog
          {...{ name, onChange }}
          membership={open.membership}
          ofTenure={open.what === "tenure"}
          onClose={close}
        />
      )}
    </li>
  );
}

function MembershipLine({
  membership,
  channel,
}: {
  membership: Membership;
  channel: string | undefined;
}) {
  const { label, organisation, role, until } = membership;
  const words = [
    label || t.roles[role],
    organisation && !label.includes(organisation) ? organisation : undefined,
    channel && t.members.channelOnly(channel),
    until && t.members.until(dateOf(until)),
  ];
  return <p class="small muted">{words.filter(Boolean).join(" · ")}</p>;
}

function itemsFor(membership: Membership, open: (open: Open) => void): MenuItem[] {
  if (membership.tenure) {
    return [
      {
        icon: "logout",
        label: t.members.tenureEnd,
        danger: true,
        onSelect: () => open({ what: "tenure", membership }),
      },
    ];
  }
  return [
    { icon: "edit", label: t.members.change, onSelect: () => open({ what: "role", membership }) },
    {
      icon: "trash",
      label: t.members.end,
      danger: true,
      onSelect: () => open({ what: "end", membership }),
    },
  ];
}

interface DialogProps {
  name: string;
  membership: Membership;
  onClose: () => void;
  onChange: () => void;
}
const INVITED_ROLES: readonly Role[] = ["animateur", "elu", "partenaire", "lecteur"];

function RoleDialog({ name, membership, onClose, onChange }: DialogProps) {
  const [role, setRole] = useState<Role>(membership.role);
  const saving = useAction();
  const submit = () =>
    void saving.run(async () => {
      await send("membership.change", { membership: membership.id, role });
      toast(t.members.changed);
      onClose();
      onChange();
    });
  return (
    <Dialog title={t.members.changeTitle(name)} onClose={onClose}>
      <Form
        submit={t.members.change}
        onSubmit={submit}
        onCancel={onClose}
        busy={saving.busy}
        error={saving.error}
      >
        <Choices<Role>
          label={t.members.role}
          value={role}
          onValue={setRole}
          options={INVITED_ROLES.map((one) => ({ value: one, label: t.roles[one] }))}
        />
      </Form>
    </Dialog>
  );
}

function EndDialog({
  name,
  membership,
  ofTenure,
  onClose,
  onChange,
}: DialogProps & { ofTenure: boolean }) {
  const ending = useAction();
  const submit = () =>
    void ending.run(async () => {
      if (ofTenure && membership.tenure) {
        await send("tenure.end", { tenure: membership.tenure });
      } else {
        await send("membership.end", { membership: membership.id });
      }
      toast(t.members.ended(name));
      onClose();
      onChange();
    });
  return (
    <Dialog
      title={ofTenure ? t.members.tenureEndTitle(name) : t.members.endTitle(name)}
      onClose={onClose}
    >
      <Form
        danger
        submit={ofTenure ? t.members.tenureEndYes : t.members.endYes}
        onSubmit={submit}
        onCancel={onClose}
        busy={ending.busy}
        error={ending.error}
      >
        <p>{ofTenure ? t.members.tenureEndText : t.members.endText}</p>
      </Form>
    </Dialog>
  );
}
