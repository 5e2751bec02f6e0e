import { useState } from "preact/hooks";
import { useNonce } from "../../core/events.ts";
import { useAction, useQuery } from "../../core/hooks.ts";
import { ask, send } from "../../core/live.ts";
import { personName } from "../../core/names.ts";
import { answersOf, type Given, missingOf, questionsOf } from "../../core/registering.ts";
import { t } from "../../core/strings.ts";
import type { ClubEvent, Person } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { Select } from "../../ui/Field.tsx";
import { toast } from "../../ui/Toasts.tsx";
import { Questions } from "./Questions.tsx";

/** For somebody of my own town; nothing where there is nobody. */
export function Colleague({ event }: { event: ClubEvent }) {
  const { data } = useQuery(async () => (await ask("colleague.list", {})).people, []);
  const [open, setOpen] = useState(false);
  if (!data || data.length === 0) {
    return null;
  }
  return (
    <>
      <Button kind="quiet" icon="invite" onClick={() => setOpen(true)}>
        {t.register.colleague}
      </Button>
      {open && <ColleagueDialog event={event} people={data} onClose={() => setOpen(false)} />}
    </>
  );
}

interface ColleagueProps {
  event: ClubEvent;
  people: readonly Person[];
  onClose: () => void;
}

function ColleagueDialog({ event, people, onClose }: ColleagueProps) {
  const nonce = useNonce();
  const action = useAction();
  const questions = questionsOf(event);
  const [person, setPerson] = useState(people.length === 1 ? String(people[0]?.id) : "");
  const [given, setGiven] = useState<Given>({});
  const [missing, setMissing] = useState<readonly number[] | undefined>();
  const chosen = people.find(({ id }) => String(id) === person);
  const submit = async () => {
    const without = missingOf(questions, given);
    setMissing(without);
    if (!chosen || without.length > 0) {
      return;
    }
    const answers = answersOf(questions, given);
    const params = { event: event.id, person: chosen.id, answers, nonce: nonce.value };
    const done = await action.run(async () => {
      await send("event.register", params);
    });
    nonce.used();
    if (done) {
      toast(t.register.colleagueDone(personName(chosen)));
      onClose();
    }
  };
  return (
    <Dialog title={t.register.colleague} onClose={onClose}>
      <Form
        submit={t.register.colleagueSubmit}
        busy={action.busy}
        {...(action.error ? { error: action.error } : {})}
        onSubmit={() => void submit()}
        onCancel={onClose}
      >
        <p class="muted">{t.register.colleagueHint}</p>
        <Select
          label={t.register.person}
          {...(missing && !chosen ? { error: t.register.missing } : {})}
          value={person}
          options={[
            { value: "", label: t.register.choose },
            ...people.map((one) => ({ value: String(one.id), label: personName(one) })),
          ]}
          onValue={setPerson}
        />
        <Questions questions={questions} given={given} missing={missing ?? []} onGiven={setGiven} />
      </Form>
    </Dialog>
  );
}
