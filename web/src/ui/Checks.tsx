import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./Icon.tsx";

interface CheckProps {
  label: ComponentChildren;
  hint?: string;
  checked: boolean;
  onChecked: (checked: boolean) => void;
}

/** Yes or no. */
export function Check({ label, hint, checked, onChecked }: CheckProps) {
  const id = useId();
  return (
    <div>
      <label class="choice">
        <input
          type="checkbox"
          checked={checked}
          aria-describedby={hint ? id : undefined}
          onChange={(event) => onChecked(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p class="field-hint check-hint" id={id}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface ChecksProps<T> {
  label: string;
  hint?: string;
  error?: string;
  values: readonly T[];
  options: readonly { value: T; label: string }[];
  onValues: (values: T[]) => void;
}

/** Some of several, all in sight. */
export function Checks<T extends string | number>(props: ChecksProps<T>) {
  const { label, hint, error, values, options, onValues } = props;
  const id = useId();
  const change = (value: T, on: boolean) =>
    onValues(on ? [...values, value] : values.filter((one) => one !== value));
  return (
    <fieldset class="choices" aria-describedby={hint || error ? id : undefined}>
      <legend>{label}</legend>
      <div id={id}>
        {hint && <p class="field-hint">{hint}</p>}
        {error && (
          <p class="field-error">
            <Icon name="alert" />
            {error}
          </p>
        )}
      </div>
      <div class="checks">
        {options.map((option) => (
          <label class="choice" key={option.value}>
            <input
              type="checkbox"
              checked={values.includes(option.value)}
              onChange={(event) => change(option.value, event.currentTarget.checked)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
