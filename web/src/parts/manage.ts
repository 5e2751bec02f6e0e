// Pages that set things up: seldom opened, by few.
export { default as Channels } from "../features/channels/Channels.tsx";
export { default as Members } from "../features/members/Members.tsx";
export { default as Persons } from "../features/persons/Persons.tsx";
export { default as Settings } from "../features/settings/Settings.tsx";
export { default as Synonyms } from "../features/synonyms/Synonyms.tsx";
