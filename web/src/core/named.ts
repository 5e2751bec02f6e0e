// People as somebody to be named, wherever the state names them.

import type { State } from "./state.ts";
import type { Message, Person } from "./types.ts";

/** A member as somebody to be named: the strongest role comes first. */
export function personOf(member: {
  id: number;
  name: string;
  label: string;
  roles: Person["role"][];
}): Person {
  const [role] = member.roles;
  return { id: member.id, name: member.name, function: member.label, ...(role ? { role } : {}) };
}

export function renamed(state: State, person: Person): State {
  const messages = { ...state.messages };
  for (const message of Object.values(messages)) {
    if (message.author.id === person.id) {
      messages[message.id] = { ...message, author: authorAs(message.author, person) };
    }
  }
  const { name: _name, ...rest } = state.people[person.id] ?? { id: person.id };
  const me = person.id === state.me.id ? { ...state.me, name: person.name ?? "" } : state.me;
  return {
    ...state,
    me,
    messages,
    people: { ...state.people, [person.id]: { ...rest, ...person } },
  };
}

/** Once erased, a person has no name, and their messages no author's id. */
function authorAs(author: Message["author"], person: Person): Message["author"] {
  const { id: _id, name: _name, ...rest } = author;
  return person.name === undefined ? rest : { ...author, name: person.name };
}

/** What is newly known of people, over what was; a list without functions takes none away. */
export function withPeople(state: State, people: readonly Person[]): State["people"] {
  const changed = people.filter((person) => {
    const old = state.people[person.id];
    return (
      !old || Object.entries(person).some(([key, value]) => old[key as keyof Person] !== value)
    );
  });
  const entries = changed.map((person) => [person.id, { ...state.people[person.id], ...person }]);
  return changed.length === 0 ? state.people : { ...state.people, ...Object.fromEntries(entries) };
}

/** Authors, and those mentioned. */
export function peopleIn(messages: readonly Message[]): Person[] {
  return messages.flatMap(({ author, people }) => {
    const { id, name, function: label, role } = author;
    const rest = { ...(label ? { function: label } : {}), ...(role ? { role } : {}) };
    const writer = id && name !== undefined ? [{ id, name, ...rest }] : [];
    return [...(people ?? []), ...writer];
  });
}
