// What « @ » can call in a channel. Pure but for the search of members.

import { fold } from "../../core/fold.ts";
import { ask, state } from "../../core/live.ts";
import { personOf } from "../../core/named.ts";
import { othersOf, personName } from "../../core/names.ts";
import { t } from "../../core/strings.ts";
import type { Channel, Person } from "../../core/types.ts";

export interface Suggestion {
  key: string;
  text: string; // what is written in the field
  name: string;
  detail: string;
  person?: Person;
}

const ROLES = ["animateur", "chef_de_projet", "elu", "partenaire"] as const;
const SHOWN = 8;

function groups(channel: Channel, query: string): Suggestion[] {
  if (channel.kind === "direct") {
    return [];
  }
  const all = {
    key: "all",
    text: `@${t.mentionRoles.all}`,
    name: `@${t.mentionRoles.all}`,
    detail: t.composer.all,
  };
  const roles = ROLES.map((role) => ({
    key: role,
    text: `@${t.mentionRoles[role]}`,
    name: `@${t.mentionRoles[role]}`,
    detail: t.composer.role[role],
  }));
  return [...roles, all].filter((one) => fold(one.name).startsWith(`@${fold(query)}`));
}

function ofPerson(person: Person): Suggestion {
  const name = personName(person);
  return { key: `p${person.id}`, text: `@${name}`, name, detail: person.function ?? "", person };
}

export async function suggest(channel: Channel, query: string, me: number): Promise<Suggestion[]> {
  const people = await candidates(channel, query);
  const persons = people.filter((person) => person.id !== me).map(ofPerson);
  const called = groups(channel, query);
  return query === ""
    ? [...called, ...persons].slice(0, SHOWN)
    : [...persons, ...called].slice(0, SHOWN);
}

async function candidates(channel: Channel, query: string): Promise<Person[]> {
  const matches = (person: Person) => fold(personName(person)).includes(fold(query));
  if (channel.kind === "direct") {
    return othersOf(state.peek(), channel).filter(matches);
  }
  if (channel.kind === "private") {
    const { members } = await ask("channel.members", { channel: channel.id });
    return members.filter(matches);
  }
  const { members } = await ask("member.list", {
    club: channel.club ?? 0,
    ...(query ? { query } : {}),
  });
  return members.map(personOf);
}
