import { functionBeside, personName } from "../../core/names.ts";
import { t } from "../../core/strings.ts";
import type { Registration } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import type { Tick, Ticks } from "./ticks.ts";

interface RowProps {
  person: NonNullable<Registration["person"]>;
  ticks: Ticks;
}

/** A name and two large keys; the same key again takes the tick back. */
export function TickRow({ person, ticks }: RowProps) {
  const { tick, status, error } = ticks.of(person.id).value;
  const name = personName(person);
  const press = (key: boolean) => ticks.set(person.id, tick === key ? null : key);
  return (
    <>
      <div class="grow">
        <p class="strong">{name}</p>
        <p class="small muted">{functionBeside(person)}</p>
        {status === "waiting" && (
          <p class="small caution">
            <Icon name="clock" /> {t.attendance.waiting}
          </p>
        )}
        {status === "failed" && (
          <div class="small">
            <p class="field-error">
              {t.attendance.failed} : {error}
            </p>
            <p class="row">
              <Button small onClick={() => ticks.set(person.id, tick)}>
                {t.retry}
              </Button>
              <Button small kind="quiet" onClick={() => ticks.drop(person.id)}>
                {t.attendance.giveUp}
              </Button>
            </p>
          </div>
        )}
      </div>
      <Key pressed={tick} is={true} label={t.attendance.present(name)} onPress={press} />
      <Key pressed={tick} is={false} label={t.attendance.absent(name)} onPress={press} />
    </>
  );
}

interface KeyProps {
  pressed: Tick;
  is: boolean;
  label: string;
  onPress: (is: boolean) => void;
}

function Key({ pressed, is, label, onPress }: KeyProps) {
  return (
    <button
      type="button"
      class={`tick ${is ? "tick-present" : "tick-absent"}`}
      aria-label={label}
      aria-pressed={pressed === is}
      onClick={() => onPress(is)}
    >
      <Icon name={is ? "check" : "close"} />
      <span aria-hidden="true">{is ? t.attendance.presentShort : t.attendance.absentShort}</span>
    </button>
  );
}
