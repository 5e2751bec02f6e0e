import { useState } from "preact/hooks";
import { useQuery } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import type { Town } from "../../core/types.ts";
import { TextField } from "../../ui/Field.tsx";

interface TownProps {
  value: Town | undefined;
  onValue: (town: Town | undefined) => void;
  error?: string;
}

/** Type a few letters, then choose; the choice is said. */
export function TownField({ value, onValue, error }: TownProps) {
  const [text, setText] = useState(value?.name ?? "");
  const { data } = useQuery(
    async () =>
      text.trim().length > 1 ? (await ask("town.search", { query: text.trim() })).towns : [],
    [text],
  );
  const found = value ? [] : (data ?? []).slice(0, 8);
  return (
    <div class="stack-s">
      <TextField
        autocomplete="off"
        label={t.members.town}
        hint={value ? t.members.townChosen(value.name) : t.members.townHint}
        value={text}
        error={error}
        onValue={(next) => {
          setText(next);
          onValue(undefined);
        }}
      />
      {found.length > 0 && (
        <ul class="card card-flush" aria-label={t.members.town}>
          {found.map((town) => (
            <li key={town.id}>
              <button
                type="button"
                class="menu-item"
                onClick={() => {
                  setText(town.name);
                  onValue(town);
                }}
              >
                {town.name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
