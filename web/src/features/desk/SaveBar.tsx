import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { useConcerned } from "./concerned.ts";
import { moves } from "./form.ts";
import type { EventForm, Loaded } from "./useEventForm.ts";

interface SaveBarProps {
  form: EventForm;
  loaded: Loaded | undefined;
  onPublish: () => void;
}

/** What went wrong, whom it will call, and the verb; always in sight. */
export function SaveBar({ form, loaded, onPublish }: SaveBarProps) {
  const { busy, problem, dirty, draft } = form;
  const published = loaded?.event.state === "published";
  const isDraft = !loaded || loaded.event.state === "draft";
  return (
    <div class="save-bar">
      {problem && <Notice kind="error">{problem}</Notice>}
      {published && dirty && moves(loaded.event, draft, loaded.link) && (
        <Concerned event={loaded.event.id} />
      )}
      <div class="row">
        {loaded && (
          <a
            class="button button-quiet grow-start not-narrow"
            href={hrefOf({ page: "event", event: loaded.event.id })}
          >
            {t.eventForm.seeEvent}
          </a>
        )}
        <Button type="submit" kind={isDraft ? "plain" : "primary"} busy={busy}>
          {isDraft ? t.eventForm.saveDraft : t.eventForm.saveChanges}
        </Button>
        {isDraft && (
          <Button kind="primary" icon="announce" busy={busy} onClick={onPublish}>
            {t.eventForm.publish}
          </Button>
        )}
      </div>
    </div>
  );
}

function Concerned({ event }: { event: number }) {
  const n = useConcerned(event);
  return n ? <p class="small strong">{t.eventForm.tells(n)}</p> : null;
}
