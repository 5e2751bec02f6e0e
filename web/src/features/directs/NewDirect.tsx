import { useState } from "preact/hooks";
import { useAction, useSelect } from "../../core/hooks.ts";
import { limits, send } from "../../core/live.ts";
import { personName } from "../../core/names.ts";
import { myClubs } from "../../core/places.ts";
import { go } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Person } from "../../core/types.ts";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { Select } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { PersonPicker } from "../../ui/PersonPicker.tsx";

/** Up to eight people, fixed once and for all when the conversation opens. */
export function NewDirect({ onClose }: { onClose: () => void }) {
  const state = useSelect((now) => now, []);
  const clubs = myClubs(state);
  const [club, setClub] = useState(clubs[0]?.id ?? 0);
  const [people, setPeople] = useState<Person[]>([]);
  const opening = useAction();
  const others = limits.value.direct_people - 1;
  const submit = () =>
    void opening.run(async () => {
      const { id } = await send("direct.open", { people: people.map((person) => person.id) });
      onClose();
      go({ page: "direct", channel: id });
    });
  return (
    <Dialog title={t.direct.start} onClose={onClose}>
      <Form
        submit={t.direct.open}
        onSubmit={() => people.length > 0 && submit()}
        onCancel={onClose}
        busy={opening.busy || people.length === 0}
        error={opening.error}
      >
        {clubs.length > 1 && (
          <Select
            label={t.direct.from}
            value={String(club)}
            onValue={(value) => setClub(Number(value))}
            options={clubs.map((one) => ({ value: String(one.id), label: one.name }))}
          />
        )}
        {people.length > 0 && (
          <ul class="row" aria-label={t.direct.chosen(people.length, others)}>
            {people.map((person) => (
              <li key={person.id}>
                <button
                  type="button"
                  class="button button-small"
                  aria-label={t.direct.remove(personName(person))}
                  onClick={() => setPeople(people.filter((one) => one.id !== person.id))}
                >
                  {personName(person)}
                  <Icon name="close" />
                </button>
              </li>
            ))}
          </ul>
        )}
        {people.length < others && (
          <PersonPicker
            club={club}
            label={t.direct.search}
            without={[state.me.id, ...people.map((person) => person.id)]}
            onPick={(person) => setPeople([...people, person])}
          />
        )}
      </Form>
    </Dialog>
  );
}
