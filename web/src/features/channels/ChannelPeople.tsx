import { useFacts, useQuery } from "../../core/hooks.ts";
import { ask, send } from "../../core/live.ts";
import { personName } from "../../core/names.ts";
import { messageOf } from "../../core/problem.ts";
import { t } from "../../core/strings.ts";
import type { Person } from "../../gen/protocol.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Disc } from "../../ui/Disc.tsx";
import { Failed, Loading } from "../../ui/Notice.tsx";
import { PersonPicker } from "../../ui/PersonPicker.tsx";
import { toast } from "../../ui/Toasts.tsx";

/** The chosen members of a private channel. */
export function ChannelPeople({ club, channel, onClose }: { club: number; channel: number; onClose: () => void }) {
  const { data, error, again } = useQuery(async () => (await ask("channel.members", { channel })).members, [channel]);
  useFacts(["channel.changed", "access.gained"], again);
  const members = data ?? [];
  const change = (work: Promise<unknown>) =>
    void work.then(again, (reason: unknown) => toast(messageOf(reason)));
  const add = (person: Person) => change(send("channel.member_add", { channel, person: person.id }));
  const remove = (person: Person) => change(send("channel.member_remove", { channel, person: person.id }));
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
            <Disc person={person} />
            <span class="grow">
              <strong>{personName(person)}</strong>
              <br />
              <span class="small muted">{person.function}</span>
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
