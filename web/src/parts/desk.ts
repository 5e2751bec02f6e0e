// What organisers do with an event: its form, who registered, who was there, the figures of a Club.
export { default as Attendance } from "../features/desk/Attendance.tsx";
export { default as ClubEvents } from "../features/desk/ClubEvents.tsx";
export { EditEvent, NewEvent } from "../features/desk/EventForm.tsx";
export { default as Registrations } from "../features/desk/Registrations.tsx";
