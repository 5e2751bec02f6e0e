// Preparing an event: one form, from a draft to what follows the event.

import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { useQuery } from "../../core/hooks.ts";
import { go, hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Club } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Empty, Failed, Loading, Notice } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { toast } from "../../ui/Toasts.tsx";
import { useAudiences } from "./audiences.ts";
import { EventActions } from "./EventActions.tsx";
import { FormAfter } from "./FormAfter.tsx";
import { FormQuestions } from "./FormQuestions.tsx";
import { FormRegistration } from "./FormRegistration.tsx";
import { FormWhat } from "./FormWhat.tsx";
import { FormWhen } from "./FormWhen.tsx";
import { FormWhere } from "./FormWhere.tsx";
import { FormWhom } from "./FormWhom.tsx";
import { SaveBar } from "./SaveBar.tsx";
import { Standing } from "./Standing.tsx";
import { useClub } from "./useClub.ts";
import { type EventForm, type Loaded, loadEvent, useEventForm } from "./useEventForm.ts";

/** A draft just made, whose publication was asked for in the same breath. */
const toPublish = signal(0);

export function NewEvent({ club: id }: { club: number }) {
  const club = useClub(id);
  const manages = club?.can.includes("manage");
  return (
    <Page
      title={t.eventForm.newTitle}
      up={{ page: "clubEvents", club: id }}
      above={club && <ClubLink club={club} />}
    >
      {!club && <Loading />}
      {club && !manages && <Empty title={t.eventForm.noRight} />}
      {club && manages && <Fields club={club} />}
    </Page>
  );
}

export function EditEvent({ id }: { id: number }) {
  const loaded = useQuery(() => loadEvent(id), [id]);
  const club = useClub(loaded.data?.event.club);
  const { data, error, again } = loaded;
  return (
    <Page
      title={t.eventForm.editTitle}
      up={{ page: "event", event: id }}
      above={club && <ClubLink club={club} />}
    >
      {error && <Failed error={error} again={again} />}
      {(!data || !club) && !error && <Loading />}
      {data && club && <Fields key={id} club={club} loaded={data} again={again} />}
    </Page>
  );
}

function ClubLink({ club }: { club: Club }) {
  return <a href={hrefOf({ page: "clubEvents", club: club.id })}>{club.name}</a>;
}

interface FieldsProps {
  club: Club;
  loaded?: Loaded;
  again?: () => void;
}

function Fields({ club, loaded, again }: FieldsProps) {
  const form = useEventForm(club, loaded);
  const audiences = useAudiences(club.id);
  const event = loaded?.event;
  const [publishing, setPublishing] = useState(
    event?.id === toPublish.peek() && event !== undefined,
  );
  useEffect(() => {
    toPublish.value = 0;
  }, []);
  const save = async (thenPublish: boolean) => {
    const id = await form.save();
    if (id === undefined) {
      return;
    }
    toast(t.eventForm.saved);
    if (event) {
      again?.();
      setPublishing(thenPublish);
    } else {
      toPublish.value = thenPublish ? id : 0;
      go({ page: "eventEdit", event: id }, "replace");
    }
  };
  return (
    <form
      noValidate
      class="event-form"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void save(false);
      }}
    >
      {event && <Standing event={event} />}
      <Found form={form} />
      <FormWhat club={club} form={form} id={event?.id ?? 0} />
      <FormWhen form={form} />
      <FormWhere form={form} event={event} />
      <FormWhom club={club} form={form} audiences={audiences} />
      <FormRegistration form={form} />
      {form.draft.registration !== "none" && <FormQuestions form={form} />}
      <FormAfter form={form} />
      <SaveBar form={form} loaded={loaded} onPublish={() => void save(true)} />
      {loaded && (
        <EventActions
          {...{ loaded, form, audiences, publishing }}
          onPublishing={setPublishing}
          onChange={() => again?.()}
        />
      )}
    </form>
  );
}

/** What was typed before a reload, or is older than what somebody else saved. */
function Found({ form }: { form: EventForm }) {
  if (!form.outdated && !form.restored) {
    return null;
  }
  return (
    <Notice kind={form.outdated ? "caution" : "info"}>
      <p>{form.outdated ? t.eventForm.outdated : t.eventForm.restored}</p>
      <p>
        <Button small onClick={form.startOver}>
          {t.eventForm.startOver}
        </Button>
      </p>
    </Notice>
  );
}
