import { useEffect } from "preact/hooks";
import { t } from "../../core/strings.ts";
import { forgetUpload, uploadsOf } from "../../core/uploads.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Field.tsx";
import { FilePick } from "../../ui/files/FilePick.tsx";
import { Group } from "../../ui/Group.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { type FormDocument, newKey } from "./form.ts";
import type { EventForm } from "./useEventForm.ts";

const DOCUMENTS_MAX = 20;

/** What to read before, what is left of it after. */
export function FormAfter({ form }: { form: EventForm }) {
  const { draft, set, error } = form;
  const { documents } = draft;
  useFilesThatCame(form);
  const change = (document: FormDocument, part: Partial<FormDocument>) =>
    set({ documents: documents.map((one) => (one === document ? { ...one, ...part } : one)) });
  return (
    <Group title={t.eventForm.after} hint={t.eventForm.afterHint}>
      {documents.map((document, i) => (
        <div key={document.key} class="pair pair-tool">
          <TextField
            label={t.eventForm.documentLabel(i + 1)}
            value={document.label}
            onValue={(label) => change(document, { label })}
            error={error(`documents[${i}].label`)}
          />
          {document.file ? (
            <p class="pair-file" title={document.file.name}>
              <Icon name="file" />
              <span class="clip">{t.eventForm.documentFile(document.file.name)}</span>
            </p>
          ) : (
            <TextField
              type="url"
              label={t.eventForm.documentLink(i + 1)}
              value={document.link}
              onValue={(link) => change(document, { link })}
              error={error(`documents[${i}].link`) ?? error(`documents[${i}]`)}
            />
          )}
          <IconButton
            icon="trash"
            label={t.eventForm.removeDocument(i + 1)}
            onClick={() => set({ documents: documents.filter((one) => one !== document) })}
          />
        </div>
      ))}
      {documents.length < DOCUMENTS_MAX && (
        <>
          <FilePick
            place={form.files}
            label={t.eventForm.documentFiles}
            max={DOCUMENTS_MAX - documents.length}
            multiple
          />
          <Button
            icon="plus"
            onClick={() =>
              set({ documents: [...documents, { key: newKey(), label: "", link: "" }] })
            }
          >
            {t.eventForm.addDocument}
          </Button>
        </>
      )}
      <TextField
        optional
        type="url"
        label={t.eventForm.replay}
        value={draft.replay}
        onValue={(replay) => set({ replay })}
        error={error("replay")}
      />
    </Group>
  );
}

/** What is there becomes a document, under its own name until it is given another. */
function useFilesThatCame({ draft: { documents }, files, set }: EventForm): void {
  const ready = uploadsOf(files).filter(({ status }) => status === "ready");
  useEffect(() => {
    const came = ready.flatMap(({ name, key: file }) =>
      file ? [{ key: newKey(), label: titleOf(name), link: "", file: { key: file, name } }] : [],
    );
    if (came.length > 0) {
      set({ documents: [...documents, ...came] });
      for (const { id } of ready) {
        forgetUpload(id);
      }
    }
  }, [ready.length]);
}

/** « Plan_d'action v2.pdf » is « Plan d'action v2 ». */
function titleOf(name: string): string {
  return name.replace(/\.[a-z0-9]{1,5}$/i, "").replace(/[_\s]+/g, " ");
}
