// What can be done about a place at an event, from what the event says to all and what it says to me.

import type { Answer, ClubEvent, EventMine, Question, RegistrationState } from "./types.ts";

/** Why nobody, or not I, can register now; "open" where I can. */
export type Opening =
  | "open"
  | "none" // no registration is asked
  | "cancelled"
  | "over"
  | "started"
  | "closed"
  | "invitation" // only who is invited, and I am not
  | "notForMe";

const MINE: readonly RegistrationState[] = ["invited", "asked", "waiting", "offered", "seated"];
const HELD: readonly RegistrationState[] = ["asked", "waiting", "offered", "seated"];

/** Whether it is one of « mes événements ». */
export function isMine(mine: EventMine | undefined): boolean {
  return mine !== undefined && MINE.includes(mine.registration);
}
/** Whether I have, or am waiting for, a place. */
export function isRegistered(mine: EventMine): boolean {
  return HELD.includes(mine.registration);
}

export function openingOf(event: ClubEvent, mine: EventMine, now: number): Opening {
  if (event.state === "cancelled") {
    return "cancelled";
  }
  if (now >= event.starts_at) {
    return now >= event.ends_at ? "over" : "started";
  }
  if (event.registration === "none") {
    return "none";
  }
  if (event.deadline_at && now >= event.deadline_at) {
    return "closed";
  }
  if (mine.can.includes("register")) {
    return "open";
  }
  return event.registration === "invitation" ? "invitation" : "notForMe";
}

/** Seats nobody has; undefined where they are not limited. */
export function seatsLeft(event: ClubEvent): number | undefined {
  return event.capacity ? Math.max(0, event.capacity - event.seated) : undefined;
}
/** Whether who registers now would wait: those who wait already come first. */
export function isFull(event: ClubEvent): boolean {
  return event.capacity ? event.seated >= event.capacity || event.waiting > 0 : false;
}

/** A question that was put: one that an organiser writes has no number yet. */
export type Asked = Question & { id: number };
export function questionsOf(event: ClubEvent): Asked[] {
  return (event.questions ?? []).filter((one): one is Asked => one.id !== undefined);
}

export type Given = Readonly<Record<number, string>>;

export function givenOf(mine: EventMine): Given {
  return Object.fromEntries((mine.answers ?? []).map(({ question, text }) => [question, text]));
}
/** What is to be sent: empty answers are none. */
export function answersOf(questions: readonly Asked[], given: Given): Answer[] {
  return questions
    .map(({ id }) => ({ question: id, text: (given[id] ?? "").trim() }))
    .filter(({ text }) => text !== "");
}
/** Questions that must have an answer and have none. */
export function missingOf(questions: readonly Asked[], given: Given): number[] {
  return questions.filter(({ id, required }) => required && !given[id]?.trim()).map(({ id }) => id);
}
