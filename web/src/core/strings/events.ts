// The agenda, an event's page, registering.

export const events = {
  agenda: {
    title: "Agenda",
  },
  event: {
    title: "Événement",
  },
};
