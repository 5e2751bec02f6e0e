import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { t } from "../core/strings.ts";
import { IconButton } from "./Button.tsx";
import { Icon } from "./Icon.tsx";

interface Common {
  label: string;
  hint?: string;
  error?: string;
  optional?: boolean;
}
interface Wiring {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": "true" | undefined;
}

/** Label, hint and error around one control, tied together for screen readers. */
export function Field(props: Common & { control: (wiring: Wiring) => ComponentChildren }) {
  const id = useId();
  const describedBy = [props.hint && `${id}-hint`, props.error && `${id}-error`].filter(Boolean);
  const wiring: Wiring = {
    id,
    "aria-describedby": describedBy.length > 0 ? describedBy.join(" ") : undefined,
    "aria-invalid": props.error ? "true" : undefined,
  };
  return (
    <div class="field">
      <label for={id}>
        {props.label} {props.optional && <span class="muted small">({t.optional})</span>}
      </label>
      {props.hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      {props.control(wiring)}
      {props.error && (
        <p class="field-error" id={`${id}-error`}>
          <Icon name="alert" />
          {props.error}
        </p>
      )}
    </div>
  );
}

interface InputProps {
  type?: "text" | "email" | "search" | "date" | "time" | "url" | "tel";
  autocomplete?: "username" | "name" | "tel" | "off";
  placeholder?: string | undefined;
  inputMode?: "email" | "numeric" | "tel";
  required?: boolean;
}
interface TextProps extends Common {
  value: string;
  onValue: (value: string) => void;
}

export function TextField({
  label,
  hint,
  error,
  optional,
  value,
  onValue,
  ...input
}: TextProps & InputProps) {
  return (
    <Field
      {...{ label, hint, error, optional }}
      control={(wiring) => (
        <input
          {...(input as object)}
          {...wiring}
          class="input"
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    />
  );
}

export function TextArea({
  label,
  hint,
  error,
  optional,
  value,
  onValue,
  rows = 4,
}: TextProps & { rows?: number }) {
  return (
    <Field
      {...{ label, hint, error, optional }}
      control={(wiring) => (
        <textarea
          {...wiring}
          class="input"
          rows={rows}
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    />
  );
}

/** A password that may be pasted, and looked at. */
export function PasswordField(
  props: TextProps & { autocomplete: "current-password" | "new-password" },
) {
  const [shown, setShown] = useState(false);
  const { label, hint, error, value, onValue, autocomplete } = props;
  return (
    <Field
      {...{ label, hint, error }}
      control={(wiring) => (
        <div class="input-with-button">
          <input
            {...wiring}
            class="input"
            {...({ type: shown ? "text" : "password" } as object)}
            autocomplete={autocomplete}
            autocapitalize="off"
            spellcheck={false}
            value={value}
            onInput={(event) => onValue(event.currentTarget.value)}
          />
          <IconButton
            icon={shown ? "eyeOff" : "eye"}
            label={shown ? t.login.hide : t.login.show}
            onClick={() => setShown(!shown)}
          />
        </div>
      )}
    />
  );
}

export interface Option<T extends string> {
  value: T;
  label: string;
}
interface SelectProps<T extends string> extends Common {
  value: T;
  options: readonly Option<T>[];
  onValue: (value: T) => void;
}

export function Select<T extends string>(props: SelectProps<T>) {
  const { label, hint, error, optional, value, options, onValue } = props;
  return (
    <Field
      {...{ label, hint, error, optional }}
      control={(wiring) => <BareSelect {...{ wiring, value, options, onValue }} />}
    />
  );
}

interface BareSelectProps<T extends string> {
  wiring?: Partial<Wiring>;
  label?: string;
  value: T;
  options: readonly Option<T>[];
  onValue: (value: T) => void;
}

/** A list to choose from whose name is said elsewhere, or only to screen readers. */
export function BareSelect<T extends string>({
  wiring,
  label,
  value,
  options,
  onValue,
}: BareSelectProps<T>) {
  return (
    <select
      {...wiring}
      class="input"
      aria-label={label}
      value={value}
      onChange={(event) => onValue(event.currentTarget.value as T)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} selected={option.value === value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

/** A few exclusive choices, all in sight. */
export function Choices<T extends string>({
  label,
  error,
  value,
  options,
  onValue,
}: SelectProps<T>) {
  const name = useId();
  return (
    <fieldset class="choices" aria-describedby={error ? `${name}-error` : undefined}>
      <legend>{label}</legend>
      {options.map((option) => (
        <label class="choice" key={option.value}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            aria-invalid={error ? "true" : undefined}
            onChange={() => onValue(option.value)}
          />
          {option.label}
        </label>
      ))}
      {error && (
        <p class="field-error" id={`${name}-error`}>
          <Icon name="alert" />
          {error}
        </p>
      )}
    </fieldset>
  );
}
