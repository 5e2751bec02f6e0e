import { useState } from "preact/hooks";
import { useAction } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import { instantOf, zoneName } from "../../core/time.ts";
import type { ClubEvent } from "../../core/types.ts";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { Choices, TextField } from "../../ui/Field.tsx";
import { toast } from "../../ui/Toasts.tsx";
import { type Audiences, clubsRung } from "./audiences.ts";
import type { EventDraft } from "./form.ts";

interface PublishProps {
  event: ClubEvent;
  draft: EventDraft;
  audiences: Audiences | undefined;
  onClose: () => void;
  onPublished: () => void;
}

/** Now, or at a time; whom it rings is said before. */
export function PublishDialog({ event, draft, audiences, onClose, onPublished }: PublishProps) {
  const [when, setWhen] = useState<"now" | "later">(event.publish_at ? "later" : "now");
  const [date, setDate] = useState("");
  const [time, setTime] = useState("09:00");
  const [past, setPast] = useState(false);
  const publishing = useAction();
  const submit = () => {
    const at = when === "later" ? instantOf({ day: date, time }, draft.zone) : undefined;
    if (at !== undefined && !(at > Date.now())) {
      setPast(true);
      return;
    }
    setPast(false);
    void publishing.run(async () => {
      await send("event.publish", { event: event.id, ...(at ? { at } : {}) });
      toast(at ? t.eventForm.planned : t.eventForm.published);
      onClose();
      onPublished();
    });
  };
  return (
    <Dialog title={t.eventForm.publishTitle} onClose={onClose}>
      <Form
        submit={when === "now" ? t.eventForm.publishYes : t.eventForm.publishLaterYes}
        onSubmit={submit}
        onCancel={onClose}
        busy={publishing.busy}
        error={publishing.error}
      >
        {audiences && <p>{t.eventForm.rings(clubsRung(draft, audiences))}</p>}
        <Choices<"now" | "later">
          label={t.eventForm.publishWhen}
          value={when}
          onValue={setWhen}
          options={[
            { value: "now", label: t.eventForm.publishNow },
            { value: "later", label: t.eventForm.publishLater },
          ]}
        />
        {when === "later" && (
          <div class="pair">
            <TextField
              type="date"
              label={t.eventForm.publishDate}
              hint={zoneName(draft.zone)}
              value={date}
              onValue={setDate}
              error={past ? t.eventForm.publishPast : undefined}
            />
            <TextField type="time" label={t.eventForm.publishTime} value={time} onValue={setTime} />
          </div>
        )}
      </Form>
    </Dialog>
  );
}
