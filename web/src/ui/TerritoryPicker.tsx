import { useState } from "preact/hooks";
import { useTerritories } from "../core/resources.ts";
import { lib } from "../core/strings/library.ts";
import type { Territory } from "../core/types.ts";
import { TextField } from "./Field.tsx";

interface PickerProps {
  label: string;
  hint?: string;
  placeholder?: string;
  error?: string | undefined;
  optional?: boolean;
  without: readonly Territory[];
  onPick: (territory: Territory) => void;
}

export const sameTerritory = (a: Territory, b: Territory) => a.kind === b.kind && a.code === b.code;

/** Type the beginning of a name, then choose; one that is chosen is offered no more. */
export function TerritoryPicker(props: PickerProps) {
  const { label, hint, placeholder, error, optional, without, onPick } = props;
  const [text, setText] = useState("");
  const found = useTerritories(text);
  const shown = (found ?? []).filter((one) => !without.some((old) => sameTerritory(old, one)));
  return (
    <div class="stack-s">
      <TextField
        type="search"
        autocomplete="off"
        {...{ label, hint, placeholder, error, optional }}
        value={text}
        onValue={setText}
      />
      {text.trim().length > 1 && found && (
        <ul class="card card-flush" aria-label={lib.form.found}>
          {shown.map((one) => (
            <li key={`${one.kind} ${one.code}`}>
              <button
                type="button"
                class="menu-item"
                aria-label={lib.form.add(one.name ?? one.code)}
                onClick={() => {
                  onPick(one);
                  setText("");
                }}
              >
                <span class="grow">
                  {one.name} <span class="small muted">{lib.territories[one.kind]}</span>
                </span>
              </button>
            </li>
          ))}
          {shown.length === 0 && <li class="menu-item muted">{lib.form.none}</li>}
        </ul>
      )}
    </div>
  );
}
