import { useState } from "preact/hooks";
import { useAction } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { personName } from "../../core/names.ts";
import { t } from "../../core/strings.ts";
import type { ClubEvent, Person } from "../../core/types.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { toast } from "../../ui/Toasts.tsx";
import { ClubPeople } from "./ClubPeople.tsx";

interface InviteProps {
  event: ClubEvent;
  without: readonly number[]; // those who already have to do with it
  onClose: () => void;
  onChange: () => void;
}

/** Choose several, then invite them at once. */
export function InviteDialog({ event, without, onClose, onChange }: InviteProps) {
  const [chosen, setChosen] = useState<readonly Person[]>([]);
  const inviting = useAction();
  const submit = () =>
    void inviting.run(async () => {
      const people = chosen.map((person) => person.id);
      if (people.length > 0) {
        await send("event.invite", { event: event.id, people });
        toast(t.registrations.invited(people.length));
        onChange();
      }
      onClose();
    });
  return (
    <Dialog title={t.registrations.inviteTitle} onClose={onClose}>
      <Form
        submit={t.registrations.inviteYes(chosen.length)}
        onSubmit={submit}
        onCancel={onClose}
        busy={inviting.busy}
        error={inviting.error}
      >
        {chosen.length > 0 && (
          <ul class="list" aria-label={t.registrations.chosen}>
            {chosen.map((person) => (
              <li class="list-item" key={person.id}>
                <span class="grow">
                  {personName(person)} <span class="small muted">{person.function}</span>
                </span>
                <IconButton
                  icon="close"
                  label={t.registrations.unchoose(personName(person))}
                  onClick={() => setChosen(chosen.filter((one) => one !== person))}
                />
              </li>
            ))}
          </ul>
        )}
        <ClubPeople
          club={event.club}
          without={[...without, ...chosen.map((person) => person.id)]}
          onPick={(person) => setChosen([...chosen, person])}
        />
      </Form>
    </Dialog>
  );
}
