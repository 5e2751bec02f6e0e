import { t } from "../core/strings.ts";
import { PasswordField } from "./Field.tsx";

export const PASSWORD_MIN_CHARS = 12;

/** Length is what counts; the server refuses what is too common. */
export function NewPassword({
  value,
  onValue,
  label,
}: {
  value: string;
  onValue: (value: string) => void;
  label?: string;
}) {
  const missing = PASSWORD_MIN_CHARS - [...value].length;
  return (
    <div>
      <PasswordField
        autocomplete="new-password"
        label={label ?? t.password.new}
        hint={t.password.hint(PASSWORD_MIN_CHARS)}
        value={value}
        onValue={onValue}
      />
      <p class="small muted" aria-live="polite">
        {value !== "" && missing > 0 && t.password.tooShort(missing)}
      </p>
    </div>
  );
}
