// An address that is shown once, to be copied.

import { Button } from "./Button.tsx";
import { Field } from "./Field.tsx";
import { toast } from "./Toasts.tsx";

interface CopyFieldProps {
  label: string;
  hint: string;
  value: string;
  copy: string; // on the button
  copied: string; // said once it is
}

export function CopyField({ label, hint, value, copy, copied }: CopyFieldProps) {
  return (
    <div class="stack">
      <Field
        label={label}
        hint={hint}
        control={(wiring) => (
          <input
            {...wiring}
            class="input link-copy"
            type="text"
            readOnly
            value={value}
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
      />
      <Button
        icon="copy"
        kind="primary"
        onClick={() => void navigator.clipboard.writeText(value).then(() => toast(copied))}
      >
        {copy}
      </Button>
    </div>
  );
}
