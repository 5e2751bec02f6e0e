// What organisers do with an event: its form, who registered, who was there, the figures of a Club.
export {};
