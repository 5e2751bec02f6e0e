// All accounts, for administrators: suspend, bring back, export, erase.

import { useState } from "preact/hooks";
import { dateOf } from "../../core/dates.ts";
import { downloadExport } from "../../core/download.ts";
import { usePages } from "../../core/hooks.ts";
import { ask, send } from "../../core/live.ts";
import { messageOf } from "../../core/problem.ts";
import { t } from "../../core/strings.ts";
import type { Account } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Disc } from "../../ui/Disc.tsx";
import { Menu, type MenuItem } from "../../ui/Menu.tsx";
import { Empty, Failed, Loading } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { toast } from "../../ui/Toasts.tsx";
import { EraseDialog } from "./EraseDialog.tsx";
import { SuspendDialog } from "./SuspendDialog.tsx";

export default function Persons() {
  const [text, setText] = useState("");
  const query = text.trim();
  const { items, more, error, next, again } = usePages(
    async (last?: Account) => {
      const found = await ask("person.list", { query, ...(last ? { after: last.id } : {}) });
      return { items: found.people, more: found.more ?? false };
    },
    [query],
  );
  return (
    <Page title={t.persons.title} above={t.persons.intro} up={{ page: "places" }}>
      <input
        class="input"
        type="search"
        aria-label={t.persons.search}
        placeholder={t.persons.search}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {error && <Failed error={error} again={again} />}
      {!items && !error && <Loading />}
      {items?.length === 0 && <Empty title={t.persons.none} />}
      <ul class="list">
        {items?.map((person) => (
          <PersonItem key={person.id} person={person} onChange={again} />
        ))}
      </ul>
      {more && <Button onClick={next}>{t.loadMore}</Button>}
    </Page>
  );
}

function PersonItem({ person, onChange }: { person: Account; onChange: () => void }) {
  const [open, setOpen] = useState<"suspend" | "erase" | undefined>(undefined);
  const name = person.name ?? t.message.erased;
  const bringBack = () =>
    void send("person.return", { person: person.id }).then(
      () => {
        toast(t.persons.backDone);
        onChange();
      },
      (error: unknown) => toast(messageOf(error)),
    );
  const exportData = () =>
    void downloadExport(person.id).catch((error: unknown) => toast(messageOf(error)));
  const items: MenuItem[] = [
    person.state === "suspended"
      ? { icon: "check", label: t.persons.back, onSelect: bringBack }
      : { icon: "lock", label: t.persons.suspend, onSelect: () => setOpen("suspend") },
    { icon: "download", label: t.persons.export, onSelect: exportData },
    {
      icon: "trash",
      label: t.persons.erase,
      danger: true,
      lineBefore: true,
      onSelect: () => setOpen("erase"),
    },
  ];
  const close = () => setOpen(undefined);
  return (
    <li class="list-item">
      <Disc person={{ id: person.id, ...(person.name ? { name: person.name } : {}) }} />
      <div class="grow">
        <p>
          <strong>{name}</strong> <State person={person} />
        </p>
        <p class="small muted">
          {[person.email, t.persons.since(dateOf(person.created_at))].filter(Boolean).join(" · ")}
        </p>
      </div>
      {person.state !== "erased" && <Menu label={t.persons.actions(name)} items={items} />}
      {open === "suspend" && <SuspendDialog person={person} onClose={close} onChange={onChange} />}
      {open === "erase" && <EraseDialog person={person} onClose={close} onChange={onChange} />}
    </li>
  );
}

function State({ person }: { person: Account }) {
  if (person.state === "suspended") {
    const until = person.suspended_until;
    return (
      <span class="tag tag-caution">
        {until ? t.persons.suspendedUntil(dateOf(until)) : t.persons.suspended}
      </span>
    );
  }
  if (person.state === "erased") {
    return <span class="tag">{t.persons.erased}</span>;
  }
  return person.administrator ? <span class="tag">{t.persons.administrator}</span> : null;
}
