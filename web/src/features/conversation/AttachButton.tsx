import { useRef } from "preact/hooks";
import { t } from "../../core/strings.ts";
import { IconButton } from "../../ui/Button.tsx";

/** Opens the device's own picker: on a phone, its pictures and its camera too. */
export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = ""; // the same file may be chosen again
        }}
      />
      <IconButton
        class="attach"
        icon="attach"
        label={t.files.attach}
        onClick={() => input.current?.click()}
      />
    </>
  );
}
