import { useFacts, useQuery } from "../../core/hooks.ts";
import { ask, send } from "../../core/live.ts";
import { personName } from "../../core/names.ts";
import { messageOf } from "../../core/problem.ts";
import { t } from "../../core/strings.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Disc } from "../../ui/Disc.tsx";
import { Failed, Loading } from "../../ui/Notice.tsx";
import { PersonPicker } from "../../ui/PersonPicker.tsx";
import { toast } from "../../ui/Toasts.tsx";

/** The chosen members of a private channel. */
export function ChannelPeople({
  club,
  channel,
  onClose,
}: {
  club: number;
  channel: number;
  onClose: () => void;
}) {
  const { data, error, again } = useQuery(
    async () => (await ask("channel.members", { channel })).members,
    [channel],
  );
  useFacts(["channel.member_added", "channel.member_removed", "channel.entered"], again);
  const members = data ?? [];
  const change = (work: Promise<unknown>) =>
    void work.then(again, (reason: unknown) => toast(messageOf(reason)));
  const add = ({ id }: { id: number }) =>
    change(send("channel.member_add", { channel, person: id }));
  const remove = ({ id }: { id: number }) =>
    change(send("channel.member_remove", { channel, person: id }));
  return (
    <Dialog title={t.channels.people} onClose={onClose}>
      {error && <Failed error={error} again={again} />}
      {!data && !error && <Loading />}
      <PersonPicker
        club={club}
        label={t.channels.addPerson}
        without={members.map((person) => person.id)}
        onPick={add}
      />
      <ul class="list">
        {members.map((person) => (
          <li class="list-item" key={person.id}>
            <Disc person={{ ...person, role: person.roles[0] }} />
            <span class="grow">
              <strong>{personName(person)}</strong>
              <br />
              <span class="small muted">
                {person.roles.map((role) => t.roles[role]).join(", ")}
              </span>
            </span>
            <IconButton
              icon="close"
              label={t.channels.removePerson(personName(person))}
              onClick={() => remove(person)}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
