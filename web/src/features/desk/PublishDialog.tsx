import { useState } from "preact/hooks";
import { useAction } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import { instantOf, wallOf, zoneName } from "../../core/time.ts";
import type { ClubEvent } from "../../core/types.ts";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { Choices, TextField } from "../../ui/Field.tsx";
import { toast } from "../../ui/Toasts.tsx";
import { type Audiences, clubsRung } from "./audiences.ts";
import type { EventDraft } from "./form.ts";

type When = "now" | "later" | "never";
const SUBMIT: Readonly<Record<When, string>> = {
  now: t.eventForm.publishYes,
  later: t.eventForm.publishLaterYes,
  never: t.eventForm.publishNeverYes,
};
const DONE: Readonly<Record<When, string>> = {
  now: t.eventForm.published,
  later: t.eventForm.planned,
  never: t.eventForm.held,
};

interface PublishProps {
  event: ClubEvent;
  draft: EventDraft;
  audiences: Audiences | undefined;
  onClose: () => void;
  onPublished: () => void;
}

/** Now, or at a time; whom it rings is said before. */
export function PublishDialog({ event, draft, audiences, onClose, onPublished }: PublishProps) {
  const [when, setWhen] = useState<When>(event.publish_at ? "later" : "now");
  const planned = event.publish_at ? wallOf(event.publish_at, draft.zone) : undefined;
  const [date, setDate] = useState(planned?.day ?? "");
  const [time, setTime] = useState(planned?.time ?? "09:00");
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
      const how = when === "never" ? { hold: true } : at ? { at } : {};
      await send("event.publish", { event: event.id, ...how });
      toast(DONE[when]);
      onClose();
      onPublished();
    });
  };
  return (
    <Dialog title={t.eventForm.publishTitle} onClose={onClose}>
      <Form
        submit={SUBMIT[when]}
        onSubmit={submit}
        onCancel={onClose}
        busy={publishing.busy}
        error={publishing.error}
      >
        {audiences && <p>{t.eventForm.rings(clubsRung(draft, audiences))}</p>}
        <Choices<When>
          label={t.eventForm.publishWhen}
          value={when}
          onValue={setWhen}
          options={[
            { value: "now", label: t.eventForm.publishNow },
            { value: "later", label: t.eventForm.publishLater },
            ...(planned ? [{ value: "never" as const, label: t.eventForm.publishNever }] : []),
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
