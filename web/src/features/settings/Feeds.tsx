import { useState } from "preact/hooks";
import { dateOf } from "../../core/dates.ts";
import { useThemes } from "../../core/events.ts";
import { useAction, useQuery, useSelect } from "../../core/hooks.ts";
import { ask, send } from "../../core/live.ts";
import { myClubs } from "../../core/places.ts";
import { messageOf } from "../../core/problem.ts";
import { t } from "../../core/strings.ts";
import type { FeedKind } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyField } from "../../ui/CopyField.tsx";
import { Select } from "../../ui/Field.tsx";
import { Failed, Notice } from "../../ui/Notice.tsx";
import { toast } from "../../ui/Toasts.tsx";

type Calendar = Exclude<FeedKind, "shelf">; // a shelf's feed is made on the shelf
const KINDS: readonly Calendar[] = ["mine", "club", "theme"];

/** Calendars that follow by themselves: made, shown once, taken back. */
export function Feeds() {
  const { data, error, again } = useQuery(async () => (await ask("feed.list", {})).feeds, []);
  const themes = useThemes();
  const clubs = useSelect((now) => now.clubs, []);
  const nameOf = (feed: { kind: FeedKind; club?: number; theme?: number }) => {
    const theme = themes.find((one) => one.id === feed.theme);
    const club = clubs[feed.club ?? 0]?.name ?? "";
    const names: Record<FeedKind, string> = {
      mine: t.feeds.kinds.mine,
      club: t.feeds.ofClub(club),
      shelf: t.feeds.ofShelf(club),
      theme: t.feeds.ofTheme(theme?.name ?? ""),
    };
    return names[feed.kind];
  };
  const revoke = (feed: number) =>
    void send("feed.revoke", { feed }).then(
      () => {
        toast(t.feeds.revoked);
        again();
      },
      (reason: unknown) => toast(messageOf(reason)),
    );
  return (
    <section class="section" aria-labelledby="agendas">
      <h2 id="agendas">{t.feeds.title}</h2>
      <p class="muted">{t.feeds.hint}</p>
      {error && <Failed error={error} again={again} />}
      <ul class="list">
        {data?.map((feed) => (
          <li class="list-item" key={feed.id}>
            <div class="grow">
              <p class="strong">{nameOf(feed)}</p>
              <p class="small muted">{t.feeds.since(dateOf(feed.created_at))}</p>
            </div>
            <Button small label={t.feeds.revokeOf(nameOf(feed))} onClick={() => revoke(feed.id)}>
              {t.feeds.revoke}
            </Button>
          </li>
        ))}
      </ul>
      <NewFeed themes={themes} onMade={again} />
    </section>
  );
}

interface NewProps {
  themes: readonly { id: number; name: string }[];
  onMade: () => void;
}

function NewFeed({ themes, onMade }: NewProps) {
  const clubs = useSelect(myClubs, []);
  const [kind, setKind] = useState<Calendar>("mine");
  const [club, setClub] = useState(0);
  const [theme, setTheme] = useState(0);
  const [url, setUrl] = useState<string>();
  const making = useAction();
  const ofClub = club || clubs[0]?.id;
  const ofTheme = theme || themes[0]?.id;
  const submit = () =>
    void making.run(async () => {
      const made = await send("feed.create", {
        kind,
        ...(kind === "club" && ofClub ? { club: ofClub } : {}),
        ...(kind === "theme" && ofTheme ? { theme: ofTheme } : {}),
      });
      setUrl(made.url);
      onMade();
    });
  return (
    <form
      class="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Select<Calendar>
        label={t.feeds.kind}
        value={kind}
        onValue={setKind}
        options={KINDS.map((value) => ({ value, label: t.feeds.kinds[value] }))}
      />
      {kind === "club" && (
        <Named label={t.feeds.club} value={ofClub} of={clubs} onValue={setClub} />
      )}
      {kind === "theme" && (
        <Named label={t.feeds.theme} value={ofTheme} of={themes} onValue={setTheme} />
      )}
      {making.error && <Notice kind="error">{making.error}</Notice>}
      <Button type="submit" icon="link" busy={making.busy}>
        {t.feeds.create}
      </Button>
      {url && <AddressOnce url={url} />}
    </form>
  );
}

interface NamedProps {
  label: string;
  value: number | undefined;
  of: readonly { id: number; name: string }[];
  onValue: (id: number) => void;
}

function Named({ label, value, of, onValue }: NamedProps) {
  return (
    <Select
      label={label}
      value={String(value ?? "")}
      onValue={(text) => onValue(Number(text))}
      options={of.map((one) => ({ value: String(one.id), label: one.name }))}
    />
  );
}

function AddressOnce({ url }: { url: string }) {
  const { address: label, once: hint, copy, copied } = t.feeds;
  return <CopyField label={label} hint={hint} value={url} copy={copy} copied={copied} />;
}
