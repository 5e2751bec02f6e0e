import { t } from "../../core/strings.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Group } from "../../ui/Group.tsx";
import { type FormDocument, newKey } from "./form.ts";
import type { EventForm } from "./useEventForm.ts";

const DOCUMENTS_MAX = 20;

/** What to read before, what is left of it after. */
export function FormAfter({ form }: { form: EventForm }) {
  const { draft, set, error } = form;
  const { documents } = draft;
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
          <TextField
            type="url"
            label={t.eventForm.documentLink(i + 1)}
            value={document.link}
            onValue={(link) => change(document, { link })}
            error={error(`documents[${i}].link`)}
          />
          <IconButton
            icon="trash"
            label={t.eventForm.removeDocument(i + 1)}
            onClick={() => set({ documents: documents.filter((one) => one !== document) })}
          />
        </div>
      ))}
      {documents.length < DOCUMENTS_MAX && (
        <Button
          icon="plus"
          onClick={() => set({ documents: [...documents, { key: newKey(), label: "", link: "" }] })}
        >
          {t.eventForm.addDocument}
        </Button>
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
