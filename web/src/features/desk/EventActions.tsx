import { useState } from "preact/hooks";
import { useAction } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { act } from "../../core/own.ts";
import { messageOf } from "../../core/problem.ts";
import { go } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { TextArea } from "../../ui/Field.tsx";
import { toast } from "../../ui/Toasts.tsx";
import type { Audiences } from "./audiences.ts";
import { useConcerned } from "./concerned.ts";
import { newKey } from "./form.ts";
import { PublishDialog } from "./PublishDialog.tsx";
import type { EventForm, Loaded } from "./useEventForm.ts";

interface ActionsProps {
  loaded: Loaded;
  form: EventForm;
  audiences: Audiences | undefined;
  publishing: boolean;
  onPublishing: (open: boolean) => void;
  onChange: () => void;
}

/** What else can be done with an event: copy it, cancel it, throw its draft away. */
export function EventActions(props: ActionsProps) {
  const { loaded, form, audiences, publishing, onPublishing, onChange } = props;
  const { id, club, state } = loaded.event;
  const [open, setOpen] = useState<"cancel" | "remove" | undefined>(undefined);
  const close = () => setOpen(undefined);
  const duplicate = () =>
    void send("event.duplicate", { event: id, nonce: newKey() }).then(
      (copy) => {
        toast(t.eventForm.duplicated);
        go({ page: "eventEdit", event: copy.id });
      },
      (reason: unknown) => toast(messageOf(reason)),
    );
  return (
    <div class="section row">
      <Button icon="copy" onClick={duplicate}>
        {t.eventForm.duplicate}
      </Button>
      {state === "published" && (
        <Button icon="close" onClick={() => setOpen("cancel")}>
          {t.eventForm.cancel}
        </Button>
      )}
      {state === "draft" && (
        <Button icon="trash" onClick={() => setOpen("remove")}>
          {t.eventForm.remove}
        </Button>
      )}
      {publishing && (
        <PublishDialog
          event={loaded.event}
          draft={form.draft}
          audiences={audiences}
          onClose={() => onPublishing(false)}
          onPublished={onChange}
        />
      )}
      {open === "cancel" && <CancelDialog event={id} onClose={close} onChange={onChange} />}
      {open === "remove" && <RemoveDialog event={id} club={club} onClose={close} />}
    </div>
  );
}

interface CancelProps {
  event: number;
  onClose: () => void;
  onChange: () => void;
}

function CancelDialog({ event, onClose, onChange }: CancelProps) {
  const [reason, setReason] = useState("");
  const concerned = useConcerned(event);
  const cancelling = useAction();
  const submit = () =>
    void cancelling.run(async () => {
      await act("event.cancel", { event, reason: reason.trim() });
      toast(t.eventForm.cancelled);
      onClose();
      onChange();
    });
  return (
    <Dialog title={t.eventForm.cancelTitle} onClose={onClose}>
      <Form
        danger
        submit={t.eventForm.cancelYes}
        onSubmit={submit}
        onCancel={onClose}
        cancel={t.eventForm.keepEvent}
        busy={cancelling.busy}
        error={cancelling.error}
      >
        {concerned !== undefined && <p>{t.eventForm.cancelText(concerned)}</p>}
        <TextArea label={t.eventForm.reason} rows={3} value={reason} onValue={setReason} />
      </Form>
    </Dialog>
  );
}

function RemoveDialog({
  event,
  club,
  onClose,
}: {
  event: number;
  club: number;
  onClose: () => void;
}) {
  const removing = useAction();
  const submit = () =>
    void removing.run(async () => {
      await send("event.delete", { event });
      toast(t.eventForm.removed);
      go({ page: "clubEvents", club }, "replace");
    });
  return (
    <Dialog title={t.eventForm.removeTitle} onClose={onClose}>
      <Form
        danger
        submit={t.eventForm.removeYes}
        onSubmit={submit}
        onCancel={onClose}
        busy={removing.busy}
        error={removing.error}
      >
        <p>{t.eventForm.removeText}</p>
      </Form>
    </Dialog>
  );
}
