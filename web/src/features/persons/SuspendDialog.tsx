import { useState } from "preact/hooks";
import { startOfDay } from "../../core/dates.ts";
import { useAction } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import type { Account } from "../../core/types.ts";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/Field.tsx";
import { toast } from "../../ui/Toasts.tsx";

interface DialogProps {
  person: Account;
  onClose: () => void;
  onChange: () => void;
}

export function SuspendDialog({ person, onClose, onChange }: DialogProps) {
  const [until, setUntil] = useState("");
  const suspending = useAction();
  const submit = () =>
    void suspending.run(async () => {
      const end = startOfDay(until);
      await send("person.suspend", { person: person.id, ...(end ? { until: end } : {}) });
      toast(t.persons.suspendedDone);
      onClose();
      onChange();
    });
  return (
    <Dialog title={t.persons.suspendTitle(person.name ?? "")} onClose={onClose}>
      <Form
        danger
        submit={t.persons.suspendYes}
        onSubmit={submit}
        onCancel={onClose}
        busy={suspending.busy}
        error={suspending.error}
      >
        <p>{t.persons.suspendText}</p>
        <TextField
          type="date"
          optional
          label={t.persons.until}
          hint={t.persons.untilHint}
          value={until}
          onValue={setUntil}
        />
      </Form>
    </Dialog>
  );
}
