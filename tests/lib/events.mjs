// Events for the tests: right in all but what a test says.
import { nonce } from "./client.mjs";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** What event.create and event.update take. An hour and a half, in `days` days, at a whole hour. */
export function eventIn(club, { days = 30, ...more } = {}) {
  const starts_at = more.starts_at ?? Math.ceil((Date.now() + days * DAY) / HOUR) * HOUR;
  return {
    kind: "webinaire",
    title: "Réhabiliter une friche",
    scope: "clubs",
    clubs: [club],
    starts_at,
    ends_at: starts_at + 1.5 * HOUR,
    zone: "Europe/Paris",
    registration: "open",
    ...more,
  };
}

/** A draft of an animateur's Club; its id. */
export async function draft(host, club, more) {
  const asked = { club, ...eventIn(club, more), nonce: nonce() };
  return (await host.ask("event.create", asked)).id;
}

/** An event that is published; its id. */
export async function announce(host, club, more) {
  const event = await draft(host, club, more);
  await host.ask("event.publish", { event });
  return event;
}

export const register = (client, event, more) =>
  client.ask("event.register", { event, nonce: nonce(), ...more });

/** One's own part: registration, can, link... */
export async function mine(client, event) {
  return (await client.ask("event.get", { event })).mine;
}
