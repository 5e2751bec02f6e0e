import { useState } from "preact/hooks";
import { useNonce } from "../../core/events.ts";
import { useAction } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { lib } from "../../core/strings/library.ts";
import { isUnderWay, uploadsOf } from "../../core/uploads.ts";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { TextArea } from "../../ui/Field.tsx";
import { toast } from "../../ui/Toasts.tsx";
import { type Brought, NOTHING_BROUGHT, sentOf } from "./brought.ts";
import { SourceFields } from "./SourceFields.tsx";

interface EditionProps {
  resource: number;
  onClose: () => void;
}

/** A new edition takes the place of the one in force; the old ones stay. */
export function EditionDialog({ resource, onClose }: EditionProps) {
  const [brought, setBrought] = useState<Brought>(NOTHING_BROUGHT);
  const [note, setNote] = useState("");
  const [missing, setMissing] = useState<string>();
  const place = `form.edition.${resource}`;
  const nonce = useNonce();
  const adding = useAction();
  const submit = () => {
    const sent = sentOf(brought);
    const why = uploadsOf(place).some(isUnderWay)
      ? lib.form.coming
      : Object.keys(sent).length === 0
        ? lib.edition.missing
        : undefined;
    setMissing(why);
    if (why) {
      return;
    }
    void adding.run(async () => {
      await send("edition.add", {
        resource,
        note: note.trim(),
        nonce: nonce.value,
        ...sent,
      });
      nonce.used();
      toast(lib.edition.added);
      onClose();
    });
  };
  return (
    <Dialog title={lib.edition.title} onClose={onClose}>
      <Form
        submit={lib.edition.add}
        onSubmit={submit}
        onCancel={onClose}
        busy={adding.busy}
        error={adding.error}
      >
        <p>{lib.edition.text}</p>
        <TextArea optional label={lib.edition.note} rows={3} value={note} onValue={setNote} />
        <SourceFields brought={brought} onBrought={setBrought} place={place} error={missing} />
      </Form>
    </Dialog>
  );
}
