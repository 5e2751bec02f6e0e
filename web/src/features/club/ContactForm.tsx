import { useState } from "preact/hooks";
import { useAction } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import type { CardPerson, ClubCard } from "../../core/types.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { TextArea, TextField } from "../../ui/Field.tsx";
import { toast } from "../../ui/Toasts.tsx";

const PEOPLE_MAX = 10;

interface Draft {
  service: string;
  address: string;
  phone: string;
  email: string;
  hours: string;
  people: Required<CardPerson>[];
}
const NOBODY = { name: "", label: "", phone: "", email: "" };

function draftOf({ service, address, phone, email, hours, people }: ClubCard): Draft {
  return {
    service: service ?? "",
    address: address ?? "",
    phone: phone ?? "",
    email: email ?? "",
    hours: hours ?? "",
    people: people.map((person) => ({ ...NOBODY, ...person })),
  };
}

/** The whole card, written anew; a person without a name is left out. */
export function ContactForm({ card, onClose }: { card: ClubCard; onClose: () => void }) {
  const [draft, setDraft] = useState(draftOf(card));
  const saving = useAction();
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const submit = () =>
    void saving.run(async () => {
      const people = draft.people.filter(({ name }) => name.trim() !== "");
      await send("club.card_set", { ...draft, club: card.club, people });
      toast(t.card.saved);
      onClose();
    });
  return (
    <Dialog title={card.service ? t.card.edit : t.card.add} onClose={onClose} wide>
      <Form
        submit={t.card.save}
        onSubmit={submit}
        onCancel={onClose}
        busy={saving.busy}
        error={saving.error}
      >
        <Fields draft={draft} change={change} />
        <People people={draft.people} onPeople={(people) => change({ people })} />
        {card.service && <p class="small muted">{t.card.clear}</p>}
      </Form>
    </Dialog>
  );
}

function Fields({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }) {
  return (
    <>
      <TextField
        label={t.card.service}
        hint={t.card.serviceHint}
        value={draft.service}
        onValue={(service) => change({ service })}
      />
      <TextArea
        optional
        rows={2}
        label={t.card.address}
        value={draft.address}
        onValue={(address) => change({ address })}
      />
      <Reached value={draft} onValue={change} />
      <TextField
        optional
        label={t.card.hours}
        hint={t.card.hoursHint}
        value={draft.hours}
        onValue={(hours) => change({ hours })}
      />
    </>
  );
}

interface ReachedProps {
  value: { phone: string; email: string };
  onValue: (part: { phone?: string; email?: string }) => void;
}

function Reached({ value, onValue }: ReachedProps) {
  return (
    <div class="two">
      <TextField
        optional
        type="tel"
        inputMode="tel"
        autocomplete="off"
        label={t.card.phone}
        value={value.phone}
        onValue={(phone) => onValue({ phone })}
      />
      <TextField
        optional
        type="email"
        inputMode="email"
        autocomplete="off"
        label={t.card.email}
        value={value.email}
        onValue={(email) => onValue({ email })}
      />
    </div>
  );
}

interface PeopleProps {
  people: Draft["people"];
  onPeople: (people: Draft["people"]) => void;
}

function People({ people, onPeople }: PeopleProps) {
  const change = (index: number, part: Partial<CardPerson>) =>
    onPeople(people.map((one, i) => (i === index ? { ...one, ...part } : one)));
  return (
    <div class="stack-s">
      <h3>{t.card.people}</h3>
      <p class="field-hint">{t.card.peopleHint}</p>
      {people.map((person, index) => (
        <fieldset class="contact-person stack-s" key={index}>
          <legend class="with-tool">
            {t.card.person(index + 1)}
            <IconButton
              icon="trash"
              label={t.card.removePerson(index + 1)}
              onClick={() => onPeople(people.filter((_, i) => i !== index))}
            />
          </legend>
          <div class="two">
            <TextField
              label={t.card.name}
              value={person.name}
              onValue={(name) => change(index, { name })}
            />
            <TextField
              optional
              label={t.card.label}
              value={person.label}
              onValue={(label) => change(index, { label })}
            />
          </div>
          <Reached value={person} onValue={(part) => change(index, part)} />
        </fieldset>
      ))}
      {people.length < PEOPLE_MAX && (
        <Button icon="plus" onClick={() => onPeople([...people, NOBODY])}>
          {t.card.addPerson}
        </Button>
      )}
    </div>
  );
}
