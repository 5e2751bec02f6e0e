// For every command, the objects it is tried on: {object: (w, who) => its parameters}. Undefined where the
// person cannot be in that situation ("-" in the table). Each call is right in all but who makes it.

import { nonce } from "../lib/client.mjs";
import { eventCases } from "./event_cases.mjs";
import { fileCases, postedFiles } from "./file_cases.mjs";
import { findCases } from "./find_cases.mjs";
import { resourceCases } from "./resource_cases.mjs";
import { address, PASSWORD, unique } from "./world.mjs";

const any = (params = {}) => ({ any: () => params });

/** Places to read: `more` are the other parameters. */
const readable = (more = {}) => {
  const at = (channel) => channel && { channel, ...more };
  return {
    open: (w) => at(w.open),
    guest: (w) => at(w.habitat),
    chosen: async (w, who) => at(await w.chosen(who)),
    private: (w) => at(w.private),
    archived: (w) => at(w.archived),
    elsewhere: (w) => at(w.elsewhere),
    direct: (w) => at(w.direct),
    own_direct: async (w, who) => at(await w.directWith(who)),
  };
};
/** Channels made for one try. */
const managed = (more = {}) => ({
  open: async (w) => ({ channel: await w.channel(), ...more }),
  private: async (w) => ({ channel: await w.channel({ kind: "private" }), ...more }),
  chosen: async (w, who) => {
    const channel = await w.chosen(who);
    return channel && { channel, ...more };
  },
  elsewhere: async (w) => ({ channel: await w.channelElsewhere(), ...more }),
});
const clubs = (more = () => ({})) => ({
  own: (w) => ({ club: w.club, ...more(w) }),
  elsewhere: (w) => ({ club: w.clubElsewhere, ...more(w) }),
});
/** Messages; `name` is the parameter's. */
const messages = (more = {}, name = "message") => {
  const of = (message) => message && { [name]: message, ...more };
  return {
    own: async (w, who) => of(await w.said(who)),
    other: async (w) => of(await w.said(w.author)),
    guest: async (w) => of(await w.said(w.author, w.habitat)),
    private: async (w) => of(await w.said(w.host, w.private)),
    archived: (w) => of(w.inArchive),
    elsewhere: async (w) => of(await w.said(w.authorElsewhere, w.elsewhere)),
    deleted: async (w) => of(await w.deleted(w.author)),
    own_deleted: async (w, who) => of(await w.deleted(who)),
  };
};
const people = (more = {}) => ({
  self: (_w, who) => who.id && { person: who.id, ...more },
  other: async (w) => ({ person: (await w.account()).id, ...more }),
});
const memberships = (more = {}) => ({
  own: async (w, who) => {
    const membership = who.name && (await w.membershipOf(who));
    return membership && { membership, ...more };
  },
  other: async (w) => ({ membership: await w.membership(), ...more }),
  elsewhere: async (w) => ({
    membership: await w.membership({
      departement: "974",
      host: w.hostElsewhere,
      club: w.clubElsewhere,
    }),
    ...more,
  }),
});
const invitations = {
  own: async (w) => ({ invitation: await w.invitationId() }),
  elsewhere: async (w) => ({ invitation: await w.invitationId(w.hostElsewhere, w.clubElsewhere) }),
};
const TOWNS = "id_pvd;lib_com;insee_com;date_signature\npvd-01-001;Belley;01034;2021-04-01\n";
const MEMBERS = "email;nom;poste;territoire\nx@exemple.fr;X;animateur;01\n";

export const cases = {
  ...eventCases,
  ...fileCases,
  ...findCases,
  ...resourceCases,
  "channel.archive": managed({ archived: true }),
  "channel.create": {
    own: (w) => ({ club: w.club, name: unique("Neuf"), kind: "open" }),
    private: (w) => ({ club: w.club, name: unique("Neuf"), kind: "private" }),
    elsewhere: (w) => ({ club: w.clubElsewhere, name: unique("Neuf"), kind: "open" }),
  },
  "channel.enter": managed(),
  "channel.enterable": clubs(),
  "channel.get": readable(),
  "channel.list": clubs(),
  "channel.member_add": {
    private: async (w) => ({ channel: await w.channel({ kind: "private" }), person: w.author.id }),
    chosen: async (w, who) => {
      const channel = await w.chosen(who);
      return channel && { channel, person: w.author.id };
    },
    open: async (w) => ({ channel: await w.channel(), person: w.author.id }),
    elsewhere: async (w) => ({
      channel: await w.channel({ kind: "private", host: w.hostElsewhere, club: w.clubElsewhere }),
      person: w.authorElsewhere.id,
    }),
  },
  "channel.member_remove": {
    self: async (w, who) => {
      const channel = await w.chosen(who);
      return channel && { channel, person: who.id };
    },
    other: async (w, who) => {
      const channel = await w.chosen(who);
      if (!channel) return undefined;
      await w.host.ask("channel.member_add", { channel, person: w.author.id });
      return { channel, person: w.author.id };
    },
    private: async (w) => ({
      channel: await w.channel({ kind: "private", members: [w.author.id] }),
      person: w.author.id,
    }),
  },
  "channel.members": readable(),
  "channel.move": managed(),
  "channel.open": readable(),
  "channel.update": managed({ purpose: "Autre chose" }),
  "club.get": clubs(),
  "club.card_get": clubs(),
  "club.card_set": clubs(() => ({ service: "DDT de l'Ain", phone: "04 74 00 00 00" })),
  "club.list": any(),
  "directory.list": { ...any(), ...clubs() },
  "direct.list": any(),
  "direct.open": {
    known: (w) => ({ people: [w.author.id] }),
    unknown: async (w) => ({ people: [(await w.account()).id] }),
  },
  "draft.set": readable({ body: "Brouillon" }),
  "erasure.replay": any({ id: 1, kind: "message", at: 0 }),
  "guest.list": clubs(),
  "invitation.accept": {
    fresh: async (w) => ({ token: await w.invitation(), password: PASSWORD }),
    wrong: () => ({ token: "ceci-n-est-pas-une-invitation-00", password: PASSWORD }),
  },
  "invitation.forget": invitations,
  "invitation.get": {
    fresh: async (w) => ({ token: await w.invitation() }),
    wrong: () => ({ token: "ceci-n-est-pas-une-invitation-00" }),
  },
  "invitation.list": clubs(),
  "invitation.resend": invitations,
  "invitation.revoke": invitations,
  "mail.failed": any({ mail: 1 }),
  "mail.sent": any({ mail: 1 }),
  "member.add": { any: () => ({ email: address(), name: "X", role: "elu", departement: "01" }) },
  "member.import": any({ csv: MEMBERS, dry_run: true }),
  "member.invite": clubs(() => ({ email: address(), name: "X", role: "partenaire" })),
  "member.list": clubs(),
  "membership.change": memberships({ role: "elu" }),
  "membership.due": memberships(),
  "membership.end": memberships(),
  "message.delete": messages(),
  "message.edit": messages({ body: "Mieux dit" }),
  "message.get": messages(),
  "message.history": messages(),
  "message.list": readable(),
  "message.post": {
    ...Object.fromEntries(
      Object.entries(readable({ body: "Bonjour" })).map(([object, make]) => [
        object,
        async (w, who) => {
          const params = await make(w, who);
          return params && { ...params, nonce: nonce() };
        },
      ]),
    ),
    annonces: (w) => ({ channel: w.annonces, body: "Avis", nonce: nonce() }),
    ...postedFiles,
    reply: async (w) => ({
      channel: w.open,
      thread: await w.said(w.author),
      body: "Oui",
      nonce: nonce(),
    }),
  },
  "message.search": any({ query: "bonjour" }),
  "notification.set": readable({ level: "mentions" }),
  "page.get": any({ slug: "accessibilite" }),
  "page.set": any({ slug: "accessibilite", body: "Accessible." }),
  "password.change": {
    any: async (w, who) => {
      if (who.id) await w.password(who);
      return { current: PASSWORD, next: "un autre mot de passe entier" };
    },
  },
  "password.forgot": any({ email: "personne@exemple.fr" }),
  "password.reset": any({ token: "ceci-n-est-pas-un-jeton-00000000", password: PASSWORD }),
  "password.send": people(),
  "person.erase": people({ messages: "keep" }),
  "person.erase_preview": people(),
  "person.export": people(),
  "person.find": { any: (w) => ({ email: w.author.email }) },
  "person.list": any(),
  "person.return": {
    self: (_w, who) => who.id && { person: who.id },
    other: async (w) => ({ person: (await w.suspended()).id }),
  },
  "person.suspend": people(),
  "pin.list": readable(),
  "pin.set": messages({ pinned: true }),
  ping: any(),
  "post.list": clubs(),
  "presence.ask": { any: (w) => ({ people: [w.author.id] }) },
  "profile.get": {
    ...people(),
    member: (w) => ({ person: w.author.id }),
    elsewhere: (w) => ({ person: w.authorElsewhere.id }),
    suspended: async (w) => ({ person: (await w.suspended()).id }),
  },
  "profile.mine": any(),
  "profile.set": any({ offer: "Une OPAH", themes: [1], shows: ["offer"] }),
  "profile.update": any({ name: "Autre Nom" }),
  "reaction.list": messages({ emoji: "👍" }),
  "reaction.set": messages({ emoji: "👍", on: true }),
  "read.set": readable({ position: 1 }),
  "saved.list": any(),
  "saved.set": messages({ saved: true }),
  "session.close": any(),
  "session.expire": any({ session: 1 }),
  "session.list": any(),
  "session.open": {
    any: async (w) => {
      const person = await w.newcomer();
      await w.password(person);
      return { email: person.email, password: PASSWORD };
    },
  },
  "session.resume": any({ epoch: "0123456789abcdef", cursor: 0 }),
  "session.revoke": {
    own: async (w, who) => {
      if (!who.id) return undefined;
      const { id } = await w.server.admin("token.create", { person: who.id, label: "test" });
      return { session: id };
    },
    other: async (w) => {
      const { id } = await w.server.admin("token.create", { person: w.author.id, label: "test" });
      return { session: id };
    },
  },
  "state.get": any(),
  "store.clean": any(),
  "tenure.due": { own: async (w) => ({ tenure: await w.tenure() }) },
  "tenure.end": {
    own: async (w) => ({ tenure: await w.tenure() }),
    elsewhere: async (w) => ({
      tenure: await w.tenure({ departement: "974", host: w.hostElsewhere, club: w.clubElsewhere }),
    }),
  },
  "tenure.give": {
    own: async (w) => ({ club: w.club, person: (await w.newcomer()).id }),
    elsewhere: async (w) => ({
      club: w.clubElsewhere,
      person: (await w.newcomer({ departement: "974" })).id,
    }),
  },
  "thread.follow": messages({ follow: true }, "thread"),
  "thread.list": any(),
  "thread.read": messages({ position: 1 }, "thread"),
  "today.get": any(),
  "token.create": people({ label: "Script" }),
  "token.list": people(),
  "token.revoke": {
    self: async (w, who) => {
      if (!who.id) return undefined;
      const { id } = await w.server.admin("token.create", { person: who.id, label: "test" });
      return { person: who.id, token: id };
    },
    other: async (w) => {
      const person = await w.account();
      const { tokens } = await person.ask("token.list", { person: person.id });
      return { person: person.id, token: tokens[0].id };
    },
  },
  "town.get": {
    any: async (w) => ({
      town: (await w.host.ask("town.search", { query: "Nantua" })).towns[0].id,
    }),
  },
  "town.import": any({ csv: TOWNS, dry_run: true }),
  "town.search": any({ query: "Nantua" }),
  "typing.set": readable(),
  "user.add": { any: () => ({ email: address(), name: "X" }) },
  "user.password": { any: async (w) => ({ person: (await w.account()).id }) },
};
