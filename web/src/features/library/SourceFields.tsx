import { lib } from "../../core/strings/library.ts";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import type { Brought } from "./brought.ts";

interface SourceProps {
  brought: Brought;
  onBrought: (brought: Brought) => void;
  error?: string | undefined;
}

export function SourceFields({ brought, onBrought, error }: SourceProps) {
  if (brought.file) {
    return (
      <p class="row">
        <Icon name="file" />
        <span class="grow">{lib.form.brought(brought.name)}</span>
        <Button small onClick={() => onBrought({ ...brought, file: "", name: "" })}>
          {lib.form.removeFile}
        </Button>
      </p>
    );
  }
  return (
    <TextField
      optional
      type="url"
      label={lib.form.link}
      hint={lib.form.linkHint}
      value={brought.link}
      onValue={(link) => onBrought({ ...brought, link })}
      error={error}
    />
  );
}
