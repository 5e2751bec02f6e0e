import { useState } from "preact/hooks";
import { useSelect } from "../../core/hooks.ts";
import { myClubs } from "../../core/places.ts";
import { t } from "../../core/strings.ts";
import type { Person } from "../../core/types.ts";
import { Select } from "../../ui/Field.tsx";
import { PersonPicker } from "../../ui/PersonPicker.tsx";

interface PeopleProps {
  club: number; // the one shown first
  without: readonly number[];
  onPick: (person: Person) => void;
}

/** Finds somebody in any Club one belongs to. */
export function ClubPeople({ club: first, without, onPick }: PeopleProps) {
  const state = useSelect((now) => now, []);
  const [club, setClub] = useState(first);
  const mine = myClubs(state);
  const own = state.clubs[first];
  const clubs = own && !mine.includes(own) ? [own, ...mine] : mine;
  return (
    <>
      {clubs.length > 1 && (
        <Select
          label={t.registrations.inviteFrom}
          value={String(club)}
          onValue={(value) => setClub(Number(value))}
          options={clubs.map((one) => ({ value: String(one.id), label: one.name }))}
        />
      )}
      <div class="short-list">
        <PersonPicker
          club={club}
          label={t.registrations.inviteFind}
          without={without}
          onPick={onPick}
        />
      </div>
    </>
  );
}
