// The people, places and objects that the matrix is played with.

import { channelOf, clubOf, member, tokenFor } from "../lib/cast.mjs";
import { Client, nonce } from "../lib/client.mjs";
import { announce, draft, register } from "../lib/events.mjs";
import { png } from "../lib/image.mjs";
import { resourceAt } from "../lib/library.mjs";
import { bring } from "../lib/upload.mjs";

/** The columns of the table, in order. */
export const ROLES = [
  "anonymous", // no credential
  "stranger", // an account that belongs to no Club
  "invited", // a guest of one channel of the Ain (Habitat)
  "lecteur", // of the Ain, as the four that follow
  "elu",
  "partenaire",
  "chef", // chef de projet, Nantua et Montréal-la-Cluse
  "animateur",
  "autre", // animateur of another Club, La Réunion
  "admin", // an administrator, member of no Club
  "suspended", // was a partenaire of the Ain
  "revoked", // a partenaire of the Ain whose session was revoked
];
const TOWNS = `id_pvd;lib_com;insee_com;date_signature
pvd-01-010;Nantua;01269;2021-03-01
pvd-01-010;Montréal-la-Cluse;01265;2021-03-01
pvd-01-001;Belley;01034;2021-04-01
`;
export const PASSWORD = "quatre chevaux bleus trottent";

let last = 0;
export const unique = (word) => `${word} ${++last}`;
export const address = () => `personne-${++last}@exemple.fr`;

export class World {
  /** What stays the same for all rows; the people of `ROLES` are made anew for each (cast). */
  static async create(server) {
    const w = Object.assign(new World(), { server, channels: 0, events: 0, drafters: {} });
    w.root = await w.account({ administrator: true });
    await w.root.ask("town.import", { csv: TOWNS, dry_run: false });
    w.host = await member(server, "Hôte", { role: "animateur" });
    w.hostElsewhere = await member(server, "Hôte d'ailleurs", {
      role: "animateur",
      departement: "974",
    });
    w.hostOfAll = await member(server, "Hôte national", { role: "animateur", departement: null });
    w.author = await member(server, "Autrice");
    w.authorElsewhere = await member(server, "Auteur d'ailleurs", { departement: "974" });
    w.hostShown = await member(server, "Hôtesse", { role: "animateur", departement: "40" });
    w.club = (await clubOf(w.host)).id;
    w.clubElsewhere = (await clubOf(w.hostElsewhere, "974")).id;
    w.clubOfAll = (await clubOf(w.hostOfAll, null)).id;
    w.clubShown = (await clubOf(w.hostShown, "40")).id;
    const shown = { is_public: true };
    await resourceAt("published", w.hostShown, w.hostShown, w.clubShown, shown);
    const named = async (name) => (await channelOf(w.host, name)).id;
    w.open = await named("Général");
    w.annonces = await named("Annonces");
    w.habitat = await named("Habitat");
    w.elsewhere = (await channelOf(w.hostElsewhere, "Général", "974")).id;
    w.archived = await w.channel();
    w.inArchive = await w.said(w.author, w.archived);
    const { key } = await bring(w.author, "a.png", png(10, 10));
    await w.said(w.author, w.archived, { files: [key] });
    w.fileInArchive = key;
    await w.host.ask("channel.archive", { channel: w.archived, archived: true });
    w.private = await w.channel({ kind: "private" });
    w.direct = (await w.host.ask("direct.open", { people: [w.author.id] })).id;
    return w;
  }

  /** A Club takes a hundred channels and three hundred events, and a row may need a dozen. */
  isFull() {
    return this.channels > 70 || this.events > 270;
  }

  /** A fresh person for each role, so that no row can spoil another. */
  async cast() {
    const make = {
      anonymous: () => new Client(this.server),
      stranger: () => this.account(),
      invited: () => this.guest(),
      chef: () => member(this.server, unique("Chef"), { role: "chef_de_projet", insee: "01269" }),
      animateur: () => member(this.server, unique("Animateur"), { role: "animateur" }),
      autre: () => member(this.server, unique("Autre"), { role: "animateur", departement: "974" }),
      admin: () => this.account({ administrator: true }),
      suspended: () => this.suspended(),
      revoked: () => this.revoked(),
    };
    const made = ROLES.map((role) =>
      (make[role] ?? (() => member(this.server, unique(role), { role })))(),
    );
    const people = await Promise.all(made);
    return Object.fromEntries(ROLES.map((role, i) => [role, Object.assign(people[i], { role })]));
  }

  // --- people -------------------------------------------------------------------------------------

  async account({ administrator = false } = {}) {
    const email = address();
    const { person } = await this.server.admin("user.add", {
      email,
      name: "Quelqu'un",
      administrator,
    });
    const client = new Client(this.server, { token: await tokenFor(this.server, person.id) });
    return Object.assign(client, { id: person.id, email });
  }

  async guest(channel = this.habitat) {
    const person = await this.account();
    const token = await this.invitation({ email: person.email, channel });
    await person.ask("invitation.accept", { token });
    return person;
  }

  async suspended() {
    const person = await member(this.server, "Suspendue");
    await this.root.ask("person.suspend", { person: person.id });
    return person;
  }

  async revoked() {
    const person = await member(this.server, "Partie");
    const { tokens } = await person.ask("token.list", { person: person.id });
    await person.ask("token.revoke", { person: person.id, token: tokens[0].id });
    return person;
  }

  /** Gives a password, which ends every session: who was let in gets a new one. */
  async password(person) {
    await this.server.admin("user.password", { person: person.id, password: PASSWORD });
    if (person.role !== "revoked") person.credential.token = await tokenFor(this.server, person.id);
  }

  async newcomer(how) {
    return member(this.server, unique("Membre"), how);
  }

  // --- objects ------------------------------------------------------------------------------------

  async channel({ kind = "open", members = [], host = this.host, club = this.club } = {}) {
    const { id } = await host.ask("channel.create", { club, name: unique("Canal"), kind, members });
    this.channels++;
    return id;
  }

  channelElsewhere() {
    return this.channel({ host: this.hostElsewhere, club: this.clubElsewhere });
  }

  /** A private channel that the person was chosen for; undefined if they cannot be. */
  async chosen(who) {
    const inside = ["lecteur", "elu", "partenaire", "chef", "animateur"];
    return inside.includes(who.role)
      ? this.channel({ kind: "private", members: [who.id] })
      : undefined;
  }

  /** A message; undefined where the person may not write. */
  async said(who, channel = this.open, more = {}) {
    try {
      return (await who.ask("message.post", { channel, body: "Bonjour", nonce: nonce(), ...more }))
        .id;
    } catch (error) {
      if ([401, 403, 404].includes(error.status)) return undefined;
      throw error;
    }
  }

  /** A conversation of two; undefined where they may not begin one. */
  async directWith(who) {
    try {
      return (await who.ask("direct.open", { people: [this.author.id] })).id;
    } catch (error) {
      if ([401, 403, 404].includes(error.status)) return undefined;
      throw error;
    }
  }

  async deleted(who) {
    const id = await this.said(who);
    if (id) await who.ask("message.delete", { message: id });
    return id;
  }

  /** The secret of a new invitation. */
  async invitation({ email = address(), channel, host = this.host, club = this.club } = {}) {
    const { link } = await host.ask("member.invite", {
      club,
      email,
      name: "Invitée",
      role: "partenaire",
      ...(channel && { channel }),
    });
    return link.split("#").at(-1);
  }

  async invitationId(host = this.host, club = this.club) {
    const asked = { club, email: address(), name: "Invité", role: "elu" };
    return (await host.ask("member.invite", asked)).invitation;
  }

  // --- events -------------------------------------------------------------------------------------

  event(more) {
    this.events++;
    return announce(this.host, this.club, more);
  }

  draftEvent() {
    return draft(this.host, this.club);
  }

  draftElsewhere() {
    return draft(this.hostElsewhere, this.clubElsewhere);
  }

  eventElsewhere(more) {
    return announce(this.hostElsewhere, this.clubElsewhere, more);
  }

  /** Elsewhere, and this person is invited; undefined where they cannot be. */
  async eventWith(who) {
    if (!who.id || who.role === "suspended") return undefined;
    const event = await this.eventElsewhere();
    await this.root.ask("event.invite", { event, people: [who.id] });
    return event;
  }

  eventForAll(more) {
    return announce(this.hostOfAll, this.clubOfAll, {
      scope: "network",
      clubs: undefined,
      ...more,
    });
  }

  /** Where this person is registered, in that state; undefined where they may not register. */
  async eventOf(who, state) {
    const event = await this.event({
      registration: state === "asked" ? "approval" : "open",
      capacity: state === "offered" ? 1 : 10,
    });
    const first = state === "offered" && (await this.newcomer());
    if (first) await register(first, event);
    try {
      await register(who, event);
    } catch (error) {
      if ([401, 403, 404].includes(error.status)) return undefined;
      throw error;
    }
    if (first) await first.ask("event.unregister", { event });
    return event;
  }

  // --- the library --------------------------------------------------------------------------------

  /** Who drafts them: another now and then, for a person may have a hundred that wait. */
  drafter(departement = "01") {
    this.drafters[departement] ??= { count: 0 };
    const made = this.drafters[departement];
    if (made.count++ % 80 === 0) made.person = this.newcomer({ departement });
    return made.person;
  }

  /** On the shelf of the Ain, come as far as `state`. */
  async resource(state, more) {
    return resourceAt(state, await this.drafter(), this.host, this.club, more);
  }

  async resourceElsewhere(more, state = "published") {
    const by = await this.drafter("974");
    return resourceAt(state, by, this.hostElsewhere, this.clubElsewhere, more);
  }

  async resourceForAll(more, state = "published") {
    return resourceAt(state, await this.drafter(), this.hostOfAll, this.clubOfAll, more);
  }

  /** Of this person; undefined where they may not write on that shelf. */
  async resourceOf(who, state, club = this.club) {
    try {
      return await resourceAt(state, who, this.host, club);
    } catch (error) {
      if ([401, 403, 404].includes(error.status)) return undefined;
      throw error;
    }
  }

  /** They have a session that serves. */
  isIn({ role }) {
    return !["anonymous", "suspended", "revoked"].includes(role);
  }

  /** Of a fresh member. */
  async membership({ departement = "01", host = this.host, club = this.club } = {}) {
    const person = await this.newcomer({ departement });
    return this.membershipOf(person, host, club);
  }

  async membershipOf(who, host = this.host, club = this.club) {
    const { members } = await host.ask("member.list", { club, query: who.name, limit: 100 });
    return members.find(({ id }) => id === who.id)?.memberships[0].id;
  }

  /** A tenure of the animateur's post. */
  async tenure({ departement = "01", host = this.host, club = this.club } = {}) {
    const person = await member(this.server, unique("Titulaire"), {
      role: "animateur",
      departement,
    });
    const { posts } = await host.ask("post.list", { club });
    return posts.flatMap(({ holders }) => holders).find((holder) => holder.person === person.id)
      .tenure;
  }
}
