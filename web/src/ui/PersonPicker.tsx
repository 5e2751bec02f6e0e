import { useState } from "preact/hooks";
import { useQuery } from "../core/hooks.ts";
import { ask } from "../core/live.ts";
import { personOf } from "../core/named.ts";
import { personName } from "../core/names.ts";
import { t } from "../core/strings.ts";
import type { Person } from "../core/types.ts";
import { Disc } from "./Disc.tsx";
import { TextField } from "./Field.tsx";

const SHOWN = 8;

interface PickerProps {
  club: number;
  label: string;
  without: readonly number[];
  onPick: (person: Person) => void;
}

/** Finds a member of a Club by name. */
export function PersonPicker({ club, label, without, onPick }: PickerProps) {
  const [text, setText] = useState("");
  const query = text.trim();
  const { data } = useQuery(
    async () =>
      club ? (await ask("member.list", { club, ...(query ? { query } : {}) })).members : [],
    [club, query],
  );
  const found = (data ?? [])
    .map(personOf)
    .filter((person) => !without.includes(person.id))
    .slice(0, SHOWN);
  return (
    <div class="stack-s">
      <TextField type="search" autocomplete="off" label={label} value={text} onValue={setText} />
      <ul class="card card-flush" aria-label={label}>
        {found.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              class="menu-item"
              onClick={() => {
                onPick(person);
                setText("");
              }}
            >
              <Disc person={person} small />
              <span class="grow">
                {personName(person)} <span class="small muted">{person.function}</span>
              </span>
            </button>
          </li>
        ))}
        {data && found.length === 0 && <li class="menu-item muted">{t.direct.none}</li>}
      </ul>
    </div>
  );
}
