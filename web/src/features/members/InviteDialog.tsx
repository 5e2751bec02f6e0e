import { useState } from "preact/hooks";
import { useSelect } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { channelsOf } from "../../core/places.ts";
import { fieldOf, messageOf } from "../../core/problem.ts";
import { t } from "../../core/strings.ts";
import type { Role, Town } from "../../core/types.ts";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { Choices, Select, TextField } from "../../ui/Field.tsx";
import { LinkToCopy } from "./LinkToCopy.tsx";
import { invitationsChanged } from "./signals.ts";
import { TownField } from "./TownField.tsx";

const ROLES: readonly Role[] = ["chef_de_projet", "elu", "partenaire", "lecteur", "animateur"];
const GUEST_ROLES: readonly Role[] = ["elu", "partenaire", "lecteur"];

/** One form; the link that comes out is shown once, to be copied. */
export function InviteDialog({ club, onClose }: { club: number; onClose: () => void }) {
  const [sent, setSent] = useState<{ name: string; link: string } | undefined>(undefined);
  return (
    <Dialog title={sent ? t.members.sentTitle : t.members.inviteTitle} onClose={onClose}>
      {sent ? (
        <LinkToCopy {...sent} />
      ) : (
        <InviteForm club={club} onClose={onClose} onSent={setSent} />
      )}
    </Dialog>
  );
}

interface FormProps {
  club: number;
  onClose: () => void;
  onSent: (sent: { name: string; link: string }) => void;
}

function InviteForm({ club, onClose, onSent }: FormProps) {
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("chef_de_projet");
  const [channel, setChannel] = useState(0);
  const [town, setTown] = useState<Town | undefined>(undefined);
  const [organisation, setOrganisation] = useState("");
  const [error, setError] = useState<unknown>(undefined);
  const [busy, setBusy] = useState(false);
  const ofField = (field: string) => (fieldOf(error) === field ? messageOf(error) : undefined);
  const known = ["email", "name", "town", "organisation"].some((field) => fieldOf(error) === field);
  const withTown = role === "chef_de_projet";
  const withOrganisation = role === "partenaire" || role === "elu" || role === "lecteur";
  const submit = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const { link } = await send("member.invite", {
        club,
        email: email.trim(),
        name: name.trim(),
        role,
        ...(channel && GUEST_ROLES.includes(role) ? { channel } : {}),
        ...(withTown && town ? { town: town.id } : {}),
        ...(withOrganisation && organisation.trim() ? { organisation: organisation.trim() } : {}),
      });
      invitationsChanged.value++;
      onSent({ name: name.trim(), link });
    } catch (reason) {
      setError(reason);
    }
    setBusy(false);
  };
  return (
    <Form
      submit={t.members.send}
      onSubmit={() => void submit()}
      onCancel={onClose}
      busy={busy}
      error={error && !known ? messageOf(error) : undefined}
    >
      <p class="muted">{t.members.inviteHint}</p>
      <TextField
        type="email"
        label={t.members.email}
        value={email}
        onValue={setEmail}
        error={ofField("email")}
      />
      <TextField label={t.members.name} value={name} onValue={setName} error={ofField("name")} />
      <Select<Role>
        label={t.members.role}
        value={role}
        onValue={setRole}
        options={ROLES.map((one) => ({ value: one, label: t.roles[one] }))}
      />
      {withTown && <TownField value={town} onValue={setTown} error={ofField("town")} />}
      {withOrganisation && (
        <TextField
          optional
          label={t.members.organisation}
          value={organisation}
          onValue={setOrganisation}
          error={ofField("organisation")}
        />
      )}
      {GUEST_ROLES.includes(role) && <Scope club={club} channel={channel} onValue={setChannel} />}
    </Form>
  );
}

function Scope({
  club,
  channel,
  onValue,
}: {
  club: number;
  channel: number;
  onValue: (channel: number) => void;
}) {
  const state = useSelect((now) => now, []);
  const [whole, setWhole] = useState(channel === 0);
  const channels = channelsOf(state, club).filter((one) => !one.archived);
  return (
    <>
      <Choices<"club" | "channel">
        label={t.members.scope}
        value={whole ? "club" : "channel"}
        onValue={(value) => {
          setWhole(value === "club");
          onValue(value === "club" ? 0 : (channels[0]?.id ?? 0));
        }}
        options={[
          { value: "club", label: t.members.wholeClub },
          { value: "channel", label: t.members.oneChannelOnly },
        ]}
      />
      {!whole && (
        <Select
          label={t.nav.channel}
          value={String(channel)}
          onValue={(value) => onValue(Number(value))}
          options={channels.map((one) => ({ value: String(one.id), label: one.name }))}
        />
      )}
    </>
  );
}
