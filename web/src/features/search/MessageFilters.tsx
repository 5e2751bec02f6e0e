// What only messages have: a channel, an author, the days between which they were written.

import { useEffect, useState } from "preact/hooks";
import { useSelect } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import { channelName, personName } from "../../core/names.ts";
import { channelsOf } from "../../core/places.ts";
import { find } from "../../core/strings/find.ts";
import type { Person } from "../../core/types.ts";
import { Select, TextField } from "../../ui/Field.tsx";
import type { Change, FiltersProps } from "./Filters.tsx";

export function MessageFilters({ query, change }: FiltersProps & { change: Change }) {
  const state = useSelect((now) => now, []);
  const chosen = query.canal ? state.channels[query.canal] : undefined;
  const club = query.club ?? chosen?.club;
  const channels = club ? channelsOf(state, club) : chosen ? [chosen] : [];
  return (
    <>
      {channels.length > 0 && (
        <Select
          label={find.channel}
          value={String(query.canal ?? "")}
          options={[
            { value: "", label: find.anyChannel },
            ...channels.map((one) => ({ value: String(one.id), label: channelName(state, one) })),
          ]}
          onValue={(value) => change({ canal: Number(value), club: club ?? 0 })}
        />
      )}
      <AuthorFilter club={club} value={query.auteur} onValue={(auteur) => change({ auteur })} />
      <TextField
        type="date"
        label={find.after}
        value={query.apres ?? ""}
        onValue={(apres) => change({ apres, annee: 0 })}
      />
      <TextField
        type="date"
        label={find.before}
        value={query.avant ?? ""}
        onValue={(avant) => change({ avant, annee: 0 })}
      />
    </>
  );
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
      label={find.author}
      value={String(value ?? "")}
      options={[
        { value: "", label: find.anyAuthor },
        ...people.map((person) => ({ value: String(person.id), label: personName(person) })),
      ]}
      onValue={(chosen) => onValue(Number(chosen))}
    />
  );
}
