// Sending a resource back with a remark, taking it off the shelf, throwing away what was never published.

import { useState } from "preact/hooks";
import { useAction } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { lib } from "../../core/strings/library.ts";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { TextArea } from "../../ui/Field.tsx";
import { toast } from "../../ui/Toasts.tsx";

interface DialogProps {
  resource: number;
  onClose: () => void;
}

export function ReturnDialog({ resource, onClose }: DialogProps) {
  const [remark, setRemark] = useState("");
  const [missing, setMissing] = useState(false);
  const returning = useAction();
  const submit = () => {
    setMissing(remark.trim() === "");
    if (remark.trim() !== "") {
      void returning.run(async () => {
        await send("resource.return", { resource, remark: remark.trim() });
        toast(lib.act.returned);
        onClose();
      });
    }
  };
  return (
    <Dialog title={lib.act.returnTitle} onClose={onClose}>
      <Form
        submit={lib.act.returnYes}
        onSubmit={submit}
        onCancel={onClose}
        busy={returning.busy}
        error={returning.error}
      >
        <p>{lib.act.returnText}</p>
        <TextArea
          label={lib.act.remark}
          rows={4}
          value={remark}
          onValue={setRemark}
          error={missing ? lib.act.remarkMissing : undefined}
        />
      </Form>
    </Dialog>
  );
}

export function WithdrawDialog({ resource, onClose }: DialogProps) {
  const [remark, setRemark] = useState("");
  const withdrawing = useAction();
  const submit = () =>
    void withdrawing.run(async () => {
      await send("resource.withdraw", { resource, remark: remark.trim() });
      toast(lib.act.withdrawn);
      onClose();
    });
  return (
    <Dialog title={lib.act.withdrawTitle} onClose={onClose}>
      <Form
        danger
        submit={lib.act.withdrawYes}
        onSubmit={submit}
        onCancel={onClose}
        busy={withdrawing.busy}
        error={withdrawing.error}
      >
        <p>{lib.act.withdrawText}</p>
        <TextArea
          optional
          label={lib.act.withdrawRemark}
          rows={3}
          value={remark}
          onValue={setRemark}
        />
      </Form>
    </Dialog>
  );
}

export function RemoveDialog({ resource, onClose, onDone }: DialogProps & { onDone: () => void }) {
  const removing = useAction();
  const submit = () =>
    void removing.run(async () => {
      await send("resource.delete", { resource });
      toast(lib.act.removed);
      onDone();
    });
  return (
    <Dialog title={lib.act.removeTitle} onClose={onClose}>
      <Form
        danger
        submit={lib.act.removeYes}
        onSubmit={submit}
        onCancel={onClose}
        busy={removing.busy}
        error={removing.error}
      >
        <p>{lib.act.removeText}</p>
      </Form>
    </Dialog>
  );
}
