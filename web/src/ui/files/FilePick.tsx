// Where files are given to a form: chosen, dropped or pasted; their progress below.

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { sizeText } from "../../core/filing.ts";
import { ask, limits } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import { addFiles, cancelUpload, type Upload, uploadsOf } from "../../core/uploads.ts";
import { Button } from "../Button.tsx";
import { Icon } from "../Icon.tsx";
import { announce } from "../Toasts.tsx";
import { UploadList } from "./UploadList.tsx";
import { filesPasted, useDrop } from "./useDrop.ts";

interface PickProps {
  place: string; // whose files: uploadsOf(place) has them, each with its key once it is ready
  label: string;
  max?: number;
  multiple?: boolean; // without it another file replaces the one there is
  error?: string;
  onAdded?: (ids: string[]) => void;
  onRemove?: (upload: Upload) => void;
  list?: boolean; // false where the caller shows them itself
}

export function FilePick(props: PickProps) {
  const { place, label, multiple = false, error, onAdded, onRemove, list = true } = props;
  const max = multiple ? (props.max ?? 1) : 1;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const here = uploadsOf(place);
  const left = useRoom();
  const take = (files: File[]) => {
    if (!multiple && files.length > 0) {
      for (const old of here) {
        cancelUpload(old.id);
      }
    }
    const taken = addFiles(place, files, max);
    setRefused(taken.refused);
    announce(taken.refused.join(" "));
    onAdded?.(taken.ids);
  };
  const drop = useDrop(take);
  const { file_bytes, image_bytes } = limits.value;
  return (
    <fieldset class="choices" aria-describedby={`${id}-hint ${id}-error`}>
      <legend>{label}</legend>
      <div
        class={`file-pick${drop.over ? " file-pick-over" : ""}`}
        {...drop.handlers}
        onPaste={(event) => take(filesPasted(event))}
      >
        <input
          ref={input}
          type="file"
          hidden
          multiple={multiple}
          onChange={(event) => {
            take([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = ""; // the same file may be chosen again
          }}
        />
        <Button icon="upload" onClick={() => input.current?.click()}>
          {multiple ? t.files.choose : t.files.chooseOne}
        </Button>
        <span class="muted small not-touch">{multiple ? t.files.orDrop : t.files.orDropOne}</span>
        <p class="field-hint" id={`${id}-hint`}>
          {t.files.limits(sizeText(file_bytes), sizeText(image_bytes))}{" "}
          {left !== undefined && t.files.limitsQuota(sizeText(left))}
        </p>
      </div>
      <div id={`${id}-error`}>
        {[...refused, ...(error ? [error] : [])].map((why) => (
          <p class="field-error" key={why}>
            <Icon name="alert" />
            {why}
          </p>
        ))}
      </div>
      {list && (
        <UploadList
          uploads={here}
          label={t.files.attached}
          onRemove={(upload) => {
            cancelUpload(upload.id);
            onRemove?.(upload);
          }}
        />
      )}
    </fieldset>
  );
}

/** Bytes I may still bring; undefined until it is known. */
function useRoom(): number | undefined {
  const [left, setLeft] = useState<number>();
  useEffect(() => {
    ask("file.limits", {}).then(
      ({ quota_bytes, used_bytes }) => setLeft(Math.max(0, quota_bytes - used_bytes)),
      () => {},
    );
  }, []);
  return left;
}
