// The rows of the matrix about events: {command: {object: (w, who) => its parameters}}, as in cases.mjs.

import { nonce } from "../lib/client.mjs";
import { eventIn } from "../lib/events.mjs";

const any = (params = {}) => ({ any: () => params });
const about = (event, more) => event && { event, ...(more instanceof Function ? more() : more) };

/** Events of the Ain, of La Réunion, of everybody; and one not announced yet. */
const seen = (more = {}) => ({
  own: async (w) => about(await w.event(), more),
  draft: async (w) => about(await w.draftEvent(), more),
  elsewhere: async (w) => about(await w.eventElsewhere(), more),
  network: async (w) => about(await w.eventForAll(), more),
});
/** The same, for those who run them. */
const managed = (more = {}) => {
  const { own, draft, elsewhere } = seen(more);
  return { own, draft, elsewhere };
};
const modeFor = (state) => (state === "asked" ? "approval" : "open");

/** With somebody registered, whom it is about. */
const aboutPerson = (state, more = {}) => ({
  own: async (w) => {
    const person = await w.newcomer();
    return { event: await w.eventOf(person, state), person: person.id, ...more };
  },
  elsewhere: async (w) => {
    const person = await w.newcomer({ departement: "974" });
    const event = await w.eventElsewhere({ registration: modeFor(state) });
    await person.ask("event.register", { event, nonce: nonce() });
    return { event, person: person.id, ...more };
  },
});
/** One's own registration; undefined where there can be none. */
const registered =
  (state, more = {}) =>
  async (w, who) => {
    const event = who.id && (await w.eventOf(who, state));
    return about(event, more);
  };

export const eventCases = {
  "attendance.log": managed(),
  "attendance.report": {
    own: (w) => ({ club: w.club }),
    elsewhere: (w) => ({ club: w.clubElsewhere }),
  },
  "attendance.set": aboutPerson("seated", { present: true }),
  "attendance.sheet": managed(),
  "attendance.summary": {
    ...managed(),
    club: (w) => ({ club: w.club }),
    club_away: (w) => ({ club: w.clubElsewhere }),
  },
  "calendar.feed": {
    fresh: async (w) => {
      const { url } = await w.host.ask("feed.create", { kind: "mine" });
      return { token: /calendrier\/(.+)\.ics$/.exec(url)[1] };
    },
    wrong: () => ({ token: "ceci-n-est-pas-un-calendrier-000" }),
  },
  "colleague.list": any(),
  "event.answer": {
    own: registered("seated", { answers: [] }),
    other: async (w) => ({ event: await w.event(), answers: [] }),
  },
  "event.approve": aboutPerson("asked"),
  "event.atom": any(),
  "event.cancel": managed({ reason: "Alerte orange" }),
  "event.close": managed(),
  "event.confirm": {
    offered: registered("offered"),
    other: async (w) => ({ event: await w.event() }),
  },
  "event.count": managed(),
  "event.create": {
    own: (w) => ({ club: w.club, ...eventIn(w.club), nonce: nonce() }),
    elsewhere: (w) => ({ club: w.clubElsewhere, ...eventIn(w.clubElsewhere), nonce: nonce() }),
    wider: (w) => ({
      club: w.club,
      ...eventIn(w.club, { scope: "network", clubs: undefined }),
      nonce: nonce(),
    }),
  },
  "event.delete": {
    draft: async (w) => ({ event: await w.draftEvent() }),
    elsewhere: async (w) => ({ event: await w.draftElsewhere() }),
  },
  "event.duplicate": managed(() => ({ nonce: nonce() })),
  "event.get": {
    ...seen(),
    invited: async (w, who) => about(await w.eventWith(who)),
  },
  "event.ics": {
    ...seen(),
    public: async (w) => ({ event: await w.eventForAll({ is_public: true }) }),
  },
  "event.invite": {
    own: async (w) => ({ event: await w.event(), people: [w.author.id] }),
    elsewhere: async (w) => ({ event: await w.eventElsewhere(), people: [w.authorElsewhere.id] }),
  },
  "event.list": any(),
  "event.publish": {
    draft: async (w) => ({ event: await w.draftEvent() }),
    elsewhere: async (w) => ({ event: await w.draftElsewhere() }),
  },
  "event.reach": {
    own: (w) => ({ club: w.club }),
    elsewhere: (w) => ({ club: w.clubElsewhere }),
  },
  "event.refuse": aboutPerson("asked", { reason: "Complet" }),
  "event.register": {
    ...seen(() => ({ nonce: nonce() })),
    elus: async (w) => about(await w.event({ roles: ["elu"] }), { nonce: nonce() }),
    invitation: async (w) =>
      about(await w.event({ registration: "invitation" }), { nonce: nonce() }),
    invited: async (w, who) => about(await w.eventWith(who), { nonce: nonce() }),
    other: async (w) => about(await w.event(), { person: w.author.id, nonce: nonce() }),
  },
  "event.remind": managed(),
  "event.unregister": {
    own: registered("seated"),
    other: aboutPerson("seated").own,
    elsewhere: aboutPerson("seated").elsewhere,
  },
  "event.update": {
    own: async (w) => ({ event: await w.event(), ...eventIn(w.club) }),
    draft: async (w) => ({ event: await w.draftEvent(), ...eventIn(w.club) }),
    elsewhere: async (w) => ({ event: await w.eventElsewhere(), ...eventIn(w.clubElsewhere) }),
  },
  "feed.create": {
    mine: () => ({ kind: "mine" }),
    own: (w) => ({ kind: "club", club: w.club }),
    elsewhere: (w) => ({ kind: "club", club: w.clubElsewhere }),
    shelf: (w) => ({ kind: "shelf", club: w.club }),
    shelf_away: (w) => ({ kind: "shelf", club: w.clubElsewhere }),
    shelf_all: (w) => ({ kind: "shelf", club: w.clubOfAll }),
    theme: async (w) => ({ kind: "theme", theme: (await w.host.ask("theme.list")).themes[0].id }),
  },
  "feed.list": any(),
  "feed.revoke": {
    own: async (w, who) => {
      if (!w.isIn(who)) return undefined;
      return { feed: (await who.ask("feed.create", { kind: "mine" })).id };
    },
    other: async (w) => ({
      feed: (await (await w.newcomer()).ask("feed.create", { kind: "mine" })).id,
    }),
  },
  "notice.list": any(),
  "notice.see": any({ position: 0 }),
  "registration.lapse": {
    any: async (w) => {
      const person = await w.newcomer();
      const event = await w.eventOf(person, "offered");
      const { registrations } = await w.host.ask("registration.list", { event });
      return { registration: registrations.find(({ state }) => state === "offered").id };
    },
  },
  "registration.list": managed(),
  "reminder.get": any(),
  "reminder.set": any({ week: true, day: false, hour: true }),
  "theme.list": any(),
};
