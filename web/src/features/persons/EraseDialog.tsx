import { useState } from "preact/hooks";
import { useAction, useQuery } from "../../core/hooks.ts";
import { ask, send } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import type { Account } from "../../core/types.ts";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { Choices } from "../../ui/Field.tsx";
import { Failed, Loading } from "../../ui/Notice.tsx";
import { toast } from "../../ui/Toasts.tsx";

interface DialogProps {
  person: Account;
  onClose: () => void;
  onChange: () => void;
}

/** What would go is counted first; then it goes for good. */
export function EraseDialog({ person, onClose, onChange }: DialogProps) {
  const [messages, setMessages] = useState<"keep" | "remove">("keep");
  const preview = useQuery(() => ask("person.erase_preview", { person: person.id }), [person.id]);
  const erasing = useAction();
  const submit = () =>
    void erasing.run(async () => {
      await send("person.erase", { person: person.id, messages });
      toast(t.persons.erasedDone);
      onClose();
      onChange();
    });
  return (
    <Dialog title={t.persons.eraseTitle(person.name ?? "")} onClose={onClose}>
      {preview.error && <Failed error={preview.error} again={preview.again} />}
      {!preview.data && !preview.error && <Loading />}
      {preview.data && (
        <Form
          danger
          submit={t.persons.eraseYes}
          onSubmit={submit}
          onCancel={onClose}
          busy={erasing.busy}
          error={erasing.error}
        >
          <p>{t.persons.erasePreview(preview.data)}</p>
          <p>{t.persons.eraseText}</p>
          <Choices<"keep" | "remove">
            label={t.persons.eraseMessages}
            value={messages}
            onValue={setMessages}
            options={[
              { value: "keep", label: t.persons.eraseKeep },
              { value: "remove", label: t.persons.eraseDelete },
            ]}
          />
        </Form>
      )}
    </Dialog>
  );
}
