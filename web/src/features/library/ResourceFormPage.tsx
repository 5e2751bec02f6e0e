// Preparing a resource: one form, from what it is to what one may do with it.

import { useMemo } from "preact/hooks";
import { useSelect } from "../../core/hooks.ts";
import { nationalClub, shelfName } from "../../core/library.ts";
import { send } from "../../core/live.ts";
import { messageOf } from "../../core/problem.ts";
import { useResource, useShelfCan } from "../../core/resources.ts";
import { go, hrefOf, type NewResourceParams } from "../../core/router.ts";
import { lib } from "../../core/strings/library.ts";
import type { Club, Resource } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Empty, Failed, Loading, Notice } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { toast } from "../../ui/Toasts.tsx";
import { FormFiche } from "./FormFiche.tsx";
import { FormRights } from "./FormRights.tsx";
import { FormSorting, FormWhat } from "./FormWhat.tsx";
import { draftOf, emptyDraft } from "./form.ts";
import { askToPublish } from "./publishing.ts";
import { type ResourceForm, useResourceForm } from "./useResourceForm.ts";

export function NewResource({ query }: { query: NewResourceParams }) {
  const club = useSelect(
    (now) => (query.etagere ? now.clubs[query.etagere] : nationalClub(now)),
    [query.etagere],
  );
  const can = useShelfCan(club?.id);
  return (
    <Page title={lib.form.newTitle} up={{ page: "resources", query: {} }} above={shelfLink(club)}>
      {!can && <Loading />}
      {can && !(club && can.includes("write")) && <Empty title={lib.form.noRight} />}
      {club && can?.includes("write") && (
        <New club={club} query={query} keeper={can.includes("keep")} />
      )}
    </Page>
  );
}

export function EditResource({ id }: { id: number }) {
  const { resource, mine, error, again } = useResource(id, true);
  const club = useSelect((now) => now.clubs[resource?.club ?? 0], [resource?.club]);
  const shelf = useSelect((now) => resource && shelfName(now, resource.club), [resource?.club]);
  return (
    <Page title={lib.form.editTitle} up={{ page: "resource", resource: id }} above={shelf}>
      {error && <Failed error={error} again={again} />}
      {(!resource || !mine) && !error && <Loading />}
      {mine && !mine.can.includes("edit") && <Empty title={lib.form.noEdit} />}
      {resource && mine?.can.includes("edit") && (
        <Edit key={id} resource={resource} club={club} keeper={mine.can.includes("keep")} />
      )}
    </Page>
  );
}

function shelfLink(club: Club | undefined) {
  if (!club) {
    return undefined;
  }
  const query = club.kind === "national" ? {} : { etagere: club.id };
  const name = club.kind === "national" ? lib.national : lib.shelfOf(club.name);
  return <a href={hrefOf({ page: "resources", query })}>{name}</a>;
}

interface NewProps {
  club: Club;
  query: NewResourceParams;
  keeper: boolean;
}

function New({ club, query, keeper }: NewProps) {
  const first = useMemo(() => emptyDraft(club.id, query), []);
  const name = `resource.new.${query.fichier ?? query.message ?? club.id}`;
  const form = useResourceForm(name, first);
  return <Fields form={form} club={club} keeper={keeper} />;
}

/** The resource as it was when the form was opened: what changes meanwhile is compared on saving. */
function Edit({ resource, club, keeper }: Omit<FieldsProps, "form"> & { resource: Resource }) {
  const loaded = useMemo(() => resource, []);
  const form = useResourceForm(
    `resource.${loaded.id}`,
    useMemo(() => draftOf(loaded), []),
    loaded,
  );
  return <Fields form={form} club={club} resource={resource} keeper={keeper} />;
}

interface FieldsProps {
  form: ResourceForm;
  club: Club | undefined;
  resource?: Resource;
  keeper: boolean; // keeps the shelf: publishes without being reviewed
}

function Fields({ form, club, resource, keeper }: FieldsProps) {
  const save = async (then: "stay" | "propose" | "publish") => {
    const id = await form.save(then !== "stay");
    if (id === undefined) {
      return;
    }
    if (then === "publish") {
      askToPublish(id);
    }
    try {
      if (then === "propose") {
        await send("resource.propose", { resource: id });
      }
      toast(then === "propose" ? lib.act.proposed : lib.form.saved);
    } catch (reason) {
      toast(messageOf(reason)); // it is saved; its page offers to propose it again
    }
    go({ page: "resource", resource: id }, "replace");
  };
  return (
    <form
      noValidate
      class="event-form"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void save("stay");
      }}
    >
      {resource && <Standing resource={resource} />}
      <Found form={form} />
      <FormWhat form={form} isNew={!resource} />
      {form.draft.kind === "fiche_projet" && <FormFiche form={form} club={form.draft.club} />}
      <FormSorting form={form} />
      <FormRights form={form} club={club} keeper={keeper} isNew={!resource} />
      <SaveBar form={form} resource={resource} keeper={keeper} onSave={save} />
    </form>
  );
}

function Standing({ resource: { state, remark } }: { resource: Resource }) {
  if (state !== "returned") {
    return <p class="muted">{lib.form.standing[state]}</p>;
  }
  return (
    <Notice kind="caution">
      <p class="strong">{lib.form.standing.returned}</p>
      {remark && <p class="pre-line">{remark}</p>}
    </Notice>
  );
}

/** What was typed before a reload, or is older than what somebody else saved. */
function Found({ form }: { form: ResourceForm }) {
  if (!form.outdated && !form.restored) {
    return null;
  }
  return (
    <Notice kind={form.outdated ? "caution" : "info"}>
      <p>{form.outdated ? lib.form.outdated : lib.form.restored}</p>
      <p>
        <Button small onClick={form.startOver}>
          {lib.form.startOver}
        </Button>
      </p>
    </Notice>
  );
}

interface BarProps {
  form: ResourceForm;
  resource: Resource | undefined;
  keeper: boolean;
  onSave: (then: "stay" | "propose" | "publish") => Promise<void>;
}

/** What went wrong, and the verbs; always in sight. */
function SaveBar({ form, resource, keeper, onSave }: BarProps) {
  const state = resource?.state ?? "draft";
  const opens = state === "draft" || state === "returned";
  const { busy, problem } = form;
  return (
    <div class="save-bar">
      {problem && <Notice kind="error">{problem}</Notice>}
      <div class="row">
        {resource && (
          <a
            class="button button-quiet grow-start not-narrow"
            href={hrefOf({ page: "resource", resource: resource.id })}
          >
            {lib.form.see}
          </a>
        )}
        <Button type="submit" kind={opens ? "plain" : "primary"} busy={busy}>
          {state === "draft" ? lib.form.saveDraft : lib.form.saveChanges}
        </Button>
        {opens && keeper && (
          <Button kind="primary" icon="announce" busy={busy} onClick={() => void onSave("publish")}>
            {lib.act.publish}
          </Button>
        )}
        {opens && !keeper && (
          <Button kind="primary" icon="send" busy={busy} onClick={() => void onSave("propose")}>
            {lib.act.propose}
          </Button>
        )}
      </div>
    </div>
  );
}
