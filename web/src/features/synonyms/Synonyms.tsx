// What search takes as the same words: read by all, changed by administrators.

import { useState } from "preact/hooks";
import { fold } from "../../core/fold.ts";
import { useAction, useQuery, useSelect } from "../../core/hooks.ts";
import { ask, send } from "../../core/live.ts";
import { synonyms as words } from "../../core/strings/find.ts";
import type { Synonym } from "../../core/types.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { TextArea } from "../../ui/Field.tsx";
import { Empty, Failed, Loading } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { toast } from "../../ui/Toasts.tsx";

type Editing = { kind: "edit"; group?: Synonym } | { kind: "remove"; group: Synonym };

export default function Synonyms() {
  const { data, error, again } = useQuery(async () => (await ask("synonym.list", {})).synonyms, []);
  const mayEdit = useSelect((now) => now.me.administrator, []);
  const [filter, setFilter] = useState("");
  const [open, setOpen] = useState<Editing>();
  const wanted = fold(filter.trim());
  const shown = (data ?? []).filter(({ terms }) =>
    terms.some((term) => fold(term).includes(wanted)),
  );
  const close = () => setOpen(undefined);
  return (
    <Page
      title={words.title}
      up={{ page: "places" }}
      tools={
        mayEdit && (
          <Button icon="plus" kind="primary" onClick={() => setOpen({ kind: "edit" })}>
            {words.add}
          </Button>
        )
      }
    >
      <p class="muted synonyms-intro">{words.intro}</p>
      {!mayEdit && <p class="muted">{words.onlyAdministrators}</p>}
      <input
        class="input"
        type="search"
        aria-label={words.filter}
        placeholder={words.filter}
        value={filter}
        onInput={(event) => setFilter(event.currentTarget.value)}
      />
      {error && <Failed error={error} again={again} />}
      {!data && !error && <Loading />}
      {data && shown.length > 0 && (
        <p class="small muted" aria-live="polite">
          {words.groups(shown.length)}
        </p>
      )}
      {data && shown.length === 0 && <Empty title={filter ? words.none : words.empty} />}
      <ul class="list">
        {shown.map((group) => (
          <Group key={group.id} group={group} mayEdit={mayEdit} onOpen={setOpen} />
        ))}
      </ul>
      {open?.kind === "edit" && <EditDialog group={open.group} onClose={close} onDone={again} />}
      {open?.kind === "remove" && (
        <RemoveDialog group={open.group} onClose={close} onDone={again} />
      )}
    </Page>
  );
}

interface GroupProps {
  group: Synonym;
  mayEdit: boolean;
  onOpen: (what: Editing) => void;
}

function Group({ group, mayEdit, onOpen }: GroupProps) {
  const [first, ...others] = group.terms;
  const all = group.terms.join(", ");
  return (
    <li class="list-item">
      <p class="grow">
        <strong>{first}</strong> <span class="muted">{others.join(" · ")}</span>
      </p>
      {mayEdit && (
        <>
          <IconButton
            icon="edit"
            label={words.edit(all)}
            onClick={() => onOpen({ kind: "edit", group })}
          />
          <IconButton
            icon="trash"
            label={words.remove(all)}
            onClick={() => onOpen({ kind: "remove", group })}
          />
        </>
      )}
    </li>
  );
}

interface DialogProps {
  onClose: () => void;
  onDone: () => void;
}

function EditDialog({ group, onClose, onDone }: DialogProps & { group: Synonym | undefined }) {
  const [text, setText] = useState(group?.terms.join("\n") ?? "");
  const [few, setFew] = useState(false);
  const saving = useAction();
  const terms = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const save = async () => {
    setFew(terms.length < 2);
    if (terms.length < 2) {
      return;
    }
    const done = await saving.run(
      async () =>
        void (await send("synonym.set", { terms, ...(group ? { synonym: group.id } : {}) })),
    );
    if (done) {
      toast(words.saved);
      onClose();
      onDone();
    }
  };
  return (
    <Dialog title={group ? words.editTitle : words.addTitle} onClose={onClose}>
      <Form
        submit={words.save}
        onSubmit={() => void save()}
        onCancel={onClose}
        busy={saving.busy}
        error={saving.error}
      >
        <TextArea
          label={words.terms}
          hint={words.termsHint}
          error={few ? words.few : undefined}
          value={text}
          onValue={setText}
        />
      </Form>
    </Dialog>
  );
}

function RemoveDialog({ group, onClose, onDone }: DialogProps & { group: Synonym }) {
  const removing = useAction();
  const remove = async () => {
    const done = await removing.run(
      async () => void (await send("synonym.delete", { synonym: group.id })),
    );
    if (done) {
      toast(words.removed);
      onClose();
      onDone();
    }
  };
  return (
    <Dialog title={words.removeTitle} onClose={onClose}>
      <Form
        danger
        submit={words.removeYes}
        onSubmit={() => void remove()}
        onCancel={onClose}
        busy={removing.busy}
        error={removing.error}
      >
        <p>{words.removeText(group.terms.join(", "))}</p>
      </Form>
    </Dialog>
  );
}
