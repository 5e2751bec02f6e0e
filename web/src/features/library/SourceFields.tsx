import { useEffect } from "preact/hooks";
import { lib } from "../../core/strings/library.ts";
import { forgetUpload, uploadsOf } from "../../core/uploads.ts";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Field.tsx";
import { FilePick } from "../../ui/files/FilePick.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { type Brought, NOTHING_BROUGHT } from "./brought.ts";

interface SourceProps {
  brought: Brought;
  onBrought: (brought: Brought) => void;
  place: string; // of its uploads
  error?: string | undefined;
}

/** A file that is brought, or a link; never both. */
export function SourceFields({ brought, onBrought, place, error }: SourceProps) {
  const uploads = uploadsOf(place);
  const ready = uploads.find(({ status }) => status === "ready");
  useEffect(() => {
    if (ready?.key) {
      onBrought({ file: ready.key, name: ready.name, link: "" });
      forgetUpload(ready.id);
    }
  }, [ready?.id]);
  if (brought.file) {
    return (
      <p class="row brought">
        <Icon name="file" />
        <span class="grow">{lib.form.brought(brought.name)}</span>
        <Button small onClick={() => onBrought(NOTHING_BROUGHT)}>
          {lib.form.removeFile}
        </Button>
      </p>
    );
  }
  return (
    <>
      <FilePick place={place} label={lib.form.file} />
      {uploads.length === 0 && (
        <TextField
          optional
          type="url"
          label={lib.form.orLink}
          hint={lib.form.linkHint}
          value={brought.link}
          onValue={(link) => onBrought({ ...brought, link })}
          error={error}
        />
      )}
      {uploads.length > 0 && error && <p class="field-error">{error}</p>}
    </>
  );
}
