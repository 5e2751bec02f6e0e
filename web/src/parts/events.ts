// What the Clubs do together, as a member sees it.
export { default as Agenda } from "../features/agenda/Agenda.tsx";
export { default as EventPage } from "../features/event/EventPage.tsx";
