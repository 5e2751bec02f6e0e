import { useState } from "preact/hooks";
import { fullOf } from "../../core/dates.ts";
import { useAction, useSelect } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { functionBeside, personName } from "../../core/names.ts";
import { t } from "../../core/strings.ts";
import type { ClubEvent, Person, Registration } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { Disc } from "../../ui/Disc.tsx";
import { TextArea } from "../../ui/Field.tsx";
import { toast } from "../../ui/Toasts.tsx";

type Ending = "refuse" | "remove" | "uninvite";
const { registrations: words } = t;
const TITLES = {
  refuse: words.refuseTitle,
  remove: words.removeTitle,
  uninvite: words.uninviteTitle,
};
const VERBS = { refuse: words.refuseYes, remove: words.removeYes, uninvite: words.uninviteYes };
const DONE = { refuse: words.refused, remove: words.removed, uninvite: words.uninvited };

interface ItemProps {
  row: Registration;
  event: ClubEvent | undefined;
  onChange: () => void;
}

/** One person: where they stand, what they answered, what can be done. */
export function RegistrationItem({ row, event, onChange }: ItemProps) {
  const [open, setOpen] = useState<Ending | undefined>(undefined);
  const { person, role } = row;
  const by = useSelect((now) => now.people[row.registered_by ?? 0], [row.registered_by]);
  const name = personName(person);
  const close = () => setOpen(undefined);
  const acting = useAction();
  const approve = (id: number) =>
    void acting.run(async () => {
      await send("event.approve", { event: event?.id ?? 0, person: id });
      toast(t.registrations.approved(name));
      onChange();
    });
  return (
    <li class="list-item list-item-wrap">
      <Disc person={{ id: person?.id ?? 0, ...person, role }} />
      <div class="grow">
        <p>
          <strong>{name}</strong>{" "}
          <span class="small muted">{person ? functionBeside(person) : t.roles[role]}</span>
        </p>
        <p class="small muted">{standing(row, by)}</p>
        <Answers row={row} event={event} />
        {acting.error && <p class="small field-error">{acting.error}</p>}
      </div>
      {person && event && row.state === "asked" && (
        <>
          <Button
            small
            kind="primary"
            busy={acting.busy}
            label={t.registrations.approveOf(name)}
            onClick={() => approve(person.id)}
          >
            {t.registrations.approve}
          </Button>
          <Button small label={t.registrations.refuseOf(name)} onClick={() => setOpen("refuse")}>
            {t.registrations.refuse}
          </Button>
        </>
      )}
      {person && event && ["seated", "offered", "waiting", "invited"].includes(row.state) && (
        <Button
          small
          label={
            row.state === "invited"
              ? t.registrations.uninviteOf(name)
              : t.registrations.removeOf(name)
          }
          onClick={() => setOpen(row.state === "invited" ? "uninvite" : "remove")}
        >
          {row.state === "invited" ? t.registrations.uninvite : t.registrations.remove}
        </Button>
      )}
      {open && person && event && (
        <EndDialog
          {...{ name, onChange }}
          how={open}
          event={event.id}
          person={person.id}
          onClose={close}
        />
      )}
    </li>
  );
}

function standing(row: Registration, by: Person | undefined): string {
  const { rank, held_until, registered_by, invited, state } = row;
  return [
    state === "waiting" && rank && t.registrations.rank(rank),
    state === "offered" && held_until && t.registrations.heldUntil(fullOf(held_until)),
    registered_by && t.registrations.registeredBy(by?.name),
    invited && state !== "invited" && t.registrations.wasInvited,
  ]
    .filter(Boolean)
    .join(" · ");
}

function Answers({ row, event }: { row: Registration; event: ClubEvent | undefined }) {
  const questions = event?.questions ?? [];
  const { answers = [] } = row;
  if (questions.length === 0 || answers.length === 0) {
    return null;
  }
  const answerTo = (id: number | undefined) => answers.find((one) => one.question === id)?.text;
  return (
    <dl class="facts small">
      {questions.map((question) => (
        <>
          <dt>{question.label}</dt>
          <dd>{answerTo(question.id) || <span class="muted">{t.registrations.noAnswer}</span>}</dd>
        </>
      ))}
    </dl>
  );
}

interface EndProps {
  how: Ending;
  name: string;
  event: number;
  person: number;
  onClose: () => void;
  onChange: () => void;
}

function EndDialog({ how, name, event, person, onClose, onChange }: EndProps) {
  const [reason, setReason] = useState("");
  const ending = useAction();
  const refuses = how === "refuse";
  const submit = () =>
    void ending.run(async () => {
      if (refuses) {
        const why = reason.trim();
        await send("event.refuse", { event, person, ...(why ? { reason: why } : {}) });
      } else {
        await send("event.unregister", { event, person });
      }
      toast(DONE[how](name));
      onClose();
      onChange();
    });
  return (
    <Dialog title={TITLES[how](name)} onClose={onClose}>
      <Form
        danger
        submit={VERBS[how]}
        onSubmit={submit}
        onCancel={onClose}
        busy={ending.busy}
        error={ending.error}
      >
        {refuses ? (
          <TextArea
            optional
            rows={3}
            label={t.registrations.refuseReason}
            value={reason}
            onValue={setReason}
          />
        ) : (
          <p>{how === "remove" ? words.removeText : words.uninviteText}</p>
        )}
      </Form>
    </Dialog>
  );
}
