import { useEffect, useState } from "preact/hooks";
import { useSelect } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import { personName } from "../../core/names.ts";
import { channelsOf, myClubs } from "../../core/places.ts";
import { go, type SearchParams } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Person } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Select, TextField } from "../../ui/Field.tsx";

export function Filters({ query }: { query: SearchParams }) {
  const state = useSelect((now) => now, []);
  const { q, ...set } = query;
  const active = Object.keys(set).length > 0;
  const change = (part: Partial<SearchParams>) =>
    go({ page: "search", query: clean({ ...query, ...part }) }, "replace");
  const club = query.club ?? (query.canal ? state.channels[query.canal]?.club : undefined);
  const channels = club ? channelsOf(state, club) : [];
  return (
    <details class="filters-box" open={active}>
      <summary>{t.search.filters}</summary>
      <div class="filters">
        <Select
          label={t.search.club}
          value={String(club ?? "")}
          options={[
            { value: "", label: t.search.allClubs },
            ...myClubs(state).map((one) => ({ value: String(one.id), label: one.name })),
          ]}
          onValue={(value) => change({ club: Number(value), canal: 0, auteur: 0 })}
        />
        <Select
          label={t.search.channel}
          value={String(query.canal ?? "")}
          options={[
            { value: "", label: t.search.allChannels },
            ...channels.map((one) => ({ value: String(one.id), label: one.name })),
          ]}
          onValue={(value) => change({ canal: Number(value), club: Number(club ?? 0) })}
        />
        <AuthorFilter club={club} value={query.auteur} onValue={(auteur) => change({ auteur })} />
        <Select
          label={t.search.order}
          value={query.tri ?? ""}
          options={[
            { value: "", label: t.search.recent },
            { value: "pertinence", label: t.search.relevant },
          ]}
          onValue={(value) => change({ tri: value === "" ? undefined : "pertinence" })}
        />
        <TextField
          type="date"
          label={t.search.after}
          value={query.apres ?? ""}
          onValue={(apres) => change({ apres })}
        />
        <TextField
          type="date"
          label={t.search.before}
          value={query.avant ?? ""}
          onValue={(avant) => change({ avant })}
        />
      </div>
      {active && (
        <Button kind="quiet" onClick={() => go({ page: "search", query: { q } }, "replace")}>
          {t.search.clear}
        </Button>
      )}
    </details>
  );
}

function clean(query: SearchParams): SearchParams {
  const set = Object.entries(query).filter(([name, value]) => name === "q" || Boolean(value));
  return Object.fromEntries(set) as unknown as SearchParams;
}

interface AuthorProps {
  club: number | undefined;
  value: number | undefined;
  onValue: (author: number) => void;
}

/** People of the chosen Club; without one, those already met. */
function AuthorFilter({ club, value, onValue }: AuthorProps) {
  const known = useSelect((now) => now.people, []);
  const [members, setMembers] = useState<Person[]>([]);
  useEffect(() => {
    setMembers([]);
    if (club) {
      ask("member.list", { club }).then(
        (found) => setMembers(found.members),
        () => {},
      );
    }
  }, [club]);
  const people = (members.length > 0 ? members : Object.values(known))
    .filter((person) => person.name !== undefined)
    .sort((a, b) => personName(a).localeCompare(personName(b), "fr"));
  return (
    <Select
      label={t.search.author}
      value={String(value ?? "")}
      options={[
        { value: "", label: t.search.anyAuthor },
        ...people.map((person) => ({ value: String(person.id), label: personName(person) })),
      ]}
      onValue={(chosen) => onValue(Number(chosen))}
    />
  );
}
