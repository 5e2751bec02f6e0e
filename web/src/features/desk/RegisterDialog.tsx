import { useAction } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { personName } from "../../core/names.ts";
import { t } from "../../core/strings.ts";
import type { ClubEvent, Person } from "../../core/types.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { toast } from "../../ui/Toasts.tsx";
import { ClubPeople } from "./ClubPeople.tsx";
import { newKey } from "./form.ts";

interface RegisterProps {
  event: ClubEvent;
  without: readonly number[];
  onClose: () => void;
  onChange: () => void;
}

/** One name, one tap: at the door there is no time for more. */
export function RegisterDialog({ event, without, onClose, onChange }: RegisterProps) {
  const registering = useAction();
  const register = (person: Person) =>
    void registering.run(async () => {
      await send("event.register", { event: event.id, person: person.id, nonce: newKey() });
      toast(t.registrations.registered(personName(person)));
      onClose();
      onChange();
    });
  return (
    <Dialog title={t.registrations.registerTitle} onClose={onClose}>
      {event.starts_at > Date.now() && <p class="muted">{t.registrations.registerHint}</p>}
      <ClubPeople club={event.club} without={without} onPick={register} />
      {registering.error && <Notice kind="error">{registering.error}</Notice>}
    </Dialog>
  );
}
