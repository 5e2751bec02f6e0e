// Events through the real server: who hears what, from the announcement to the last registration.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { channelOf, clubOf, connected, member } from "../lib/cast.mjs";
import { nonce } from "../lib/client.mjs";
import { announce, DAY, draft, eventIn, HOUR, mine, register } from "../lib/events.mjs";
import { lifetime, startServer } from "../lib/server.mjs";

const LINK = "https://visio.numerique.gouv.fr/abc-defg-hij";

/** What of this event a person heard, by the name of the fact. */
const heardOf = (client, event) =>
  client.facts
    .filter(
      (fact) =>
        fact.event?.id === event ||
        fact.event === event ||
        fact.mine?.event === event ||
        fact.notice?.event?.id === event,
    )
    .map(({ fact }) => fact);
const changed = (client, event, wanted = () => true) =>
  client.fact("event.changed", (fact) => fact.event.id === event && wanted(fact.event));
const moved = (client, event, registration) =>
  client.fact(
    "registration.changed",
    (fact) => fact.mine.event === event && fact.mine.registration === registration,
  );
const noticed = (client, event, kind) =>
  client.fact("notice.added", ({ notice }) => notice.event.id === event && notice.kind === kind);
const kinds = async (client, event) => {
  const { notices } = await client.ask("notice.list", { limit: 100 });
  return notices.filter((notice) => notice.event.id === event).map(({ kind }) => kind);
};

describe("an event", () => {
  const life = lifetime();
  let server, anne, paul, lea, max, zoe, anct, club;

  before(async () => {
    server = await startServer(life);
    anne = await connected(server, "Anne", { role: "animateur" });
    paul = await connected(server, "Paul");
    lea = await connected(server, "Léa", { role: "elu" });
    max = await connected(server, "Max", { role: "lecteur" });
    zoe = await connected(server, "Zoé", { departement: "974", role: "animateur" });
    anct = await connected(server, "Agence", { departement: null, role: "animateur" });
    club = (await clubOf(anne)).id;
  });
  const settled = (...people) => Promise.all(people.map((one) => one.settle()));

  // --- announcing ---------------------------------------------------------------------------------

  it("is a draft for those alone who run its Club", async () => {
    const event = await draft(anne, club);
    await settled(paul, zoe, anct);
    assert.deepEqual(
      [paul, zoe, anct].map((one) => heardOf(one, event)),
      [[], [], []],
    );
    for (const one of [paul, zoe]) {
      await assert.rejects(one.call("event.get", { event }), { status: 404 });
      await assert.rejects(one.call("event.register", { event, nonce: nonce() }), { status: 404 });
      const { events } = await one.call("event.list", { drafts: true });
      assert.ok(!events.some(({ id }) => id === event));
    }
    assert.equal((await changed(anne, event)).event.state, "draft");
    const { events } = await anne.call("event.list", { drafts: true });
    assert.ok(events.some(({ id }) => id === event));
  });

  it("is told to the Clubs it is for and stands in their Annonces", async () => {
    const event = await announce(anne, club, { title: "Une halle pour tous" });
    const told = (await changed(paul, event, ({ state }) => state === "published")).event;
    assert.equal(told.title, "Une halle pour tous");
    const annonces = (await channelOf(paul, "Annonces")).id;
    const { message } = await paul.fact("message.posted", (fact) => fact.message.event === event);
    assert.equal(message.channel, annonces);
    assert.equal(message.author.id, anne.id);
    assert.match(message.body, /Une halle pour tous/);
    await settled(zoe);
    assert.deepEqual(heardOf(zoe, event), []);
    await assert.rejects(zoe.call("event.get", { event }), { status: 404 });
  });

  it("is not told when a draft is thrown away, and is gone for who saw it", async () => {
    const event = await draft(anne, club);
    await changed(anne, event);
    await anne.call("event.delete", { event });
    await anne.fact("event.gone", (fact) => fact.event === event);
    await settled(paul);
    assert.deepEqual(heardOf(paul, event), []);
    const published = await announce(anne, club);
    await assert.rejects(anne.call("event.delete", { event: published }), { status: 409 });
  });

  it("of the whole network is seen by everybody, of a region by its Clubs", async () => {
    const national = (await clubOf(anct, null)).id;
    const everywhere = await announce(anct, national, { scope: "network", clubs: undefined });
    await Promise.all([paul, zoe].map((one) => changed(one, everywhere)));
    const region = { scope: "region", region: "Auvergne-Rhône-Alpes", clubs: undefined };
    const regional = await announce(anct, national, region);
    await changed(paul, regional);
    await settled(zoe);
    assert.deepEqual(heardOf(zoe, regional), []);
    await assert.rejects(zoe.call("event.get", { event: regional }), { status: 404 });
  });

  it("is announced by an animateur to their own Club alone", async () => {
    for (const more of [
      { scope: "network", clubs: undefined },
      { scope: "region", region: "Auvergne-Rhône-Alpes", clubs: undefined },
    ]) {
      await assert.rejects(draft(anne, club, more), { status: 403 });
    }
    const there = (await clubOf(zoe, "974")).id; // of which Anne knows nothing
    await assert.rejects(draft(anne, club, { clubs: [club, there] }), { status: 404 });
    await assert.rejects(draft(paul, club), { status: 403 });
    await assert.rejects(draft(zoe, club), { status: 404 });
  });

  it("that goes to fewer Clubs is gone for the others", async () => {
    const national = (await clubOf(anct, null)).id;
    const there = (await clubOf(zoe, "974")).id;
    const event = await announce(anct, national, { clubs: [club, there] });
    await Promise.all([paul, zoe].map((one) => changed(one, event)));
    await anct.call("event.update", { event, ...eventIn(national, { clubs: [club] }) });
    await zoe.fact("event.gone", (fact) => fact.event === event);
    await assert.rejects(zoe.call("event.get", { event }), { status: 404 });
    await settled(paul);
    assert.ok(!heardOf(paul, event).includes("event.gone"));
  });

  it("is made once by a request that comes twice", async () => {
    const asked = { club, ...eventIn(club), nonce: nonce() };
    const first = await anne.call("event.create", asked);
    assert.deepEqual(await anne.ask("event.create", asked), first);
    const copy = { event: first.id, nonce: nonce() };
    const second = await anne.call("event.duplicate", copy);
    assert.deepEqual(await anne.call("event.duplicate", copy), second);
    assert.notEqual(second.id, first.id);
  });

  it("shows its meeting link to those registered alone, where the organiser says so", async () => {
    const hidden = { link: LINK, link_shown: "registered", capacity: 1 };
    const event = await announce(anne, club, hidden);
    const told = (await changed(paul, event)).event;
    assert.deepEqual([told.link, told.platform], [undefined, "Visio"]);
    await register(paul, event);
    await register(lea, event);
    assert.equal((await mine(paul, event)).link, LINK);
    assert.equal((await mine(lea, event)).link, undefined);
    const seated = await moved(paul, event, "seated");
    assert.equal(seated.mine.link, LINK);
    await settled(lea, max);
    for (const one of [lea, max]) {
      const about = one.facts.filter((fact) => JSON.stringify(fact).includes(LINK));
      assert.deepEqual(about, []);
    }
  });

  // --- registering --------------------------------------------------------------------------------

  it("gives its one seat, keeps the line, and passes the seat on", async () => {
    const event = await announce(anne, club, { capacity: 1 });
    await register(paul, event);
    await register(lea, event);
    await register(max, event);
    await moved(paul, event, "seated");
    await moved(lea, event, "waiting");
    assert.equal((await max.call("event.get", { event })).rank, 2);
    const channel = (await anne.call("event.get", { event })).event.channel;
    await paul.fact("access.gained", (fact) => fact.kind === "channel" && fact.id === channel);
    await paul.say(channel, "J'apporte le café");
    await assert.rejects(lea.call("channel.get", { channel }), { status: 404 });

    await paul.call("event.unregister", { event });
    await paul.fact("access.lost", (fact) => fact.kind === "channel" && fact.id === channel);
    await assert.rejects(paul.call("channel.get", { channel }), { status: 404 });
    const { mine: offered } = await moved(lea, event, "offered");
    assert.ok(offered.held_until > Date.now() + 47 * HOUR);
    await noticed(lea, event, "offered");
    assert.equal((await max.call("event.get", { event })).rank, 1);
    await lea.call("event.confirm", { event });
    await moved(lea, event, "seated");
    await lea.say(channel, "Merci !");
    assert.deepEqual(await kinds(paul, event), ["unregistered", "seated"]);
    assert.deepEqual(await kinds(max, event), ["waiting"]);
  });

  it("tells its seats to who only looks on", async () => {
    const event = await announce(anne, club, { capacity: 1 });
    await register(paul, event);
    await register(lea, event);
    await changed(max, event, ({ seated, waiting }) => seated === 1 && waiting === 1);
  });

  it("seats who waits when it grows, and nobody loses a seat when it shrinks", async () => {
    const event = await announce(anne, club, { capacity: 1 });
    for (const one of [paul, lea, max]) await register(one, event);
    const about = (await anne.call("event.get", { event })).event;
    const again = (capacity) =>
      anne.call("event.update", {
        event,
        ...eventIn(club, { starts_at: about.starts_at, capacity }),
      });
    await again(2);
    await moved(lea, event, "offered");
    await lea.call("event.confirm", { event });
    await again(1);
    assert.equal((await mine(paul, event)).registration, "seated");
    assert.equal((await mine(lea, event)).registration, "seated");
    assert.equal((await mine(max, event)).registration, "waiting");
  });

  it("waits for the organiser's word where it is by approval", async () => {
    const event = await announce(anne, club, { registration: "approval" });
    await register(paul, event);
    await register(lea, event);
    await noticed(anne, event, "asked");
    assert.equal((await mine(paul, event)).registration, "asked");
    await anne.call("event.approve", { event, person: paul.id });
    await moved(paul, event, "seated");
    await anne.call("event.refuse", { event, person: lea.id, reason: "Complet pour les élus" });
    const { notice } = await noticed(lea, event, "refused");
    assert.match(notice.detail, /Complet pour les élus/);
    await assert.rejects(paul.call("event.approve", { event, person: max.id }), { status: 403 });
  });

  it("takes only who was invited where it is by invitation", async () => {
    const event = await announce(anne, club, { registration: "invitation" });
    await assert.rejects(register(paul, event), { status: 403 });
    await anne.call("event.invite", { event, people: [lea.id] });
    await noticed(lea, event, "invited");
    assert.equal((await mine(lea, event)).registration, "invited");
    await register(lea, event);
    await moved(lea, event, "seated");
  });

  it("shows itself to all of its Clubs and takes only the roles it asks for", async () => {
    const event = await announce(anne, club, { roles: ["elu"] });
    await changed(paul, event);
    assert.ok(!(await mine(paul, event)).can.includes("register"));
    await assert.rejects(register(paul, event), { status: 403 });
    assert.ok((await mine(lea, event)).can.includes("register"));
    await register(lea, event);
  });

  it("keeps the answers to its questions, and asks again for one that is missing", async () => {
    const questions = [
      { kind: "choice", label: "Déjeuner", required: true, options: ["Oui", "Non"] },
      { kind: "text", label: "Votre friche", required: false },
    ];
    const event = await announce(anne, club, { questions });
    const [meal, place] = (await paul.call("event.get", { event })).event.questions;
    const answers = [{ question: meal.id, text: "Oui" }];
    await assert.rejects(register(paul, event), { status: 400 });
    const odd = [{ question: meal.id, text: "Peut-être" }];
    await assert.rejects(register(paul, event, { answers: odd }), { status: 400 });
    await register(paul, event, { answers });
    const next = [...answers, { question: place.id, text: "L'ancienne tannerie" }];
    await paul.call("event.answer", { event, answers: next });
    assert.deepEqual((await mine(paul, event)).answers, next);
    const { registrations } = await anne.call("registration.list", { event });
    assert.deepEqual(registrations[0].answers, next);
    await assert.rejects(lea.call("registration.list", { event }), { status: 403 });
  });

  // --- changes ------------------------------------------------------------------------------------

  it("that is moved tells those registered what changed, others only that it did", async () => {
    const event = await announce(anne, club, { address: "Salle des fêtes" });
    await register(paul, event);
    const old = (await anne.call("event.get", { event })).event;
    const next = { starts_at: old.starts_at + DAY, address: "Salle des fêtes" };
    await anne.call("event.update", { event, ...eventIn(club, next) });
    const { notice } = await noticed(paul, event, "moved");
    assert.match(notice.detail, /Nouvelle date/);
    assert.doesNotMatch(notice.detail, /Nouveau lieu/);
    const told = await changed(lea, event, ({ starts_at }) => starts_at === next.starts_at);
    assert.equal(told.event.sequence, old.sequence + 1);
    await settled(lea);
    assert.ok(!heardOf(lea, event).includes("notice.added"));
  });

  it("whose words alone change tells nobody a notice", async () => {
    const event = await announce(anne, club);
    await register(paul, event);
    const { starts_at, sequence } = (await anne.call("event.get", { event })).event;
    await anne.call("event.update", {
      event,
      ...eventIn(club, { starts_at, title: "Autrement dit" }),
    });
    const told = await changed(paul, event, ({ title }) => title === "Autrement dit");
    assert.equal(told.event.sequence, sequence);
    assert.deepEqual(await kinds(paul, event), ["seated"]);
  });

  it("that is cancelled says why, and takes nobody any more", async () => {
    const event = await announce(anne, club, { capacity: 1 });
    await register(paul, event);
    await register(lea, event);
    await anne.call("event.cancel", { event, reason: "Alerte orange" });
    for (const one of [paul, lea]) {
      const { notice } = await noticed(one, event, "cancelled");
      assert.match(notice.detail, /Alerte orange/);
    }
    const told = await changed(max, event, ({ state }) => state === "cancelled");
    assert.equal(told.event.reason, "Alerte orange");
    await assert.rejects(register(max, event), { status: 409 });
    assert.equal((await kinds(max, event)).length, 0);
  });

  it("gives the seat of a person who is erased to who waits, and counts them still", async () => {
    const event = await announce(anne, club, { capacity: 1 });
    const tom = await member(server, "Tom");
    await register(tom, event);
    await register(lea, event);
    await server.admin("person.erase", { person: tom.id, messages: "keep" });
    await moved(lea, event, "offered");
    const { registrations } = await anne.call("registration.list", { event });
    const gone = registrations.find(({ person }) => !person);
    assert.equal(gone.role, "partenaire");
    assert.ok(!JSON.stringify(registrations).includes("Tom"));
  });

  it("takes a colleague of one's own town, and nobody else's", async () => {
    const towns = "id_pvd;lib_com;insee_com;date_signature\npvd-01-001;Belley;01034;2021-04-01\n";
    await server.admin("town.import", { csv: towns, dry_run: false });
    const chef = { role: "chef_de_projet", insee: "01034" };
    const ines = await connected(server, "Inès", chef);
    const hugo = await connected(server, "Hugo", chef);
    const event = await announce(anne, club);
    const { people } = await ines.call("colleague.list");
    assert.deepEqual(people, [{ id: hugo.id, name: "Hugo" }]);
    await register(ines, event, { person: hugo.id });
    await moved(hugo, event, "seated");
    assert.equal((await mine(ines, event)).registration, "none");
    await assert.rejects(register(ines, event, { person: paul.id }), { status: 403 });
    await register(anne, event, { person: paul.id });
    await moved(paul, event, "seated");
  });

  // --- being there --------------------------------------------------------------------------------

  it("counts who came by real rows, and keeps each correction", async () => {
    const event = await announce(anne, club);
    for (const one of [paul, lea, max]) await register(one, event);
    const tick = (person, present) =>
      anne.call("attendance.set", { event, person, ...(present !== undefined && { present }) });
    await tick(paul.id, true);
    await tick(lea.id, true);
    await tick(lea.id, false);
    await tick(max.id, true);
    await tick(max.id);
    const own = { event, person: paul.id, present: false };
    await assert.rejects(paul.call("attendance.set", own), { status: 403 });
    const { counts } = await anne.call("registration.list", { event });
    assert.deepEqual([counts.registered, counts.present], [3, 1]);
    const { ticks } = await anne.call("attendance.log", { event });
    const said = ticks.map(({ person, present }) => [person.id, present]).reverse();
    assert.deepEqual(said, [
      [paul.id, true],
      [lea.id, true],
      [lea.id, false],
      [max.id, true],
      [max.id, undefined],
    ]);
  });

  it("gives a sheet that French Excel opens and that runs no formula", async () => {
    const eve = await member(server, "=HYPERLINK(1)", { email: "formule@exemple.fr" });
    const event = await announce(anne, club);
    await register(eve, event);
    const answer = await server.fetch(`/evenement/${event}/presents.csv`, {
      headers: anne.headers(),
    });
    assert.equal(answer.status, 200);
    assert.match(answer.headers["content-type"], /^text\/csv; charset=utf-8/i);
    assert.match(answer.headers["content-disposition"], /^attachment/);
    assert.ok(answer.text.startsWith("\ufeff"));
    assert.match(answer.text, /;/);
    assert.match(answer.text, /\r\n/);
    assert.doesNotMatch(answer.text, /(^|[;"\n])=HYPERLINK/);
    const refused = await server.fetch(`/evenement/${event}/presents.csv`, {
      headers: paul.headers(),
    });
    assert.equal(refused.status, 403);
    assert.equal((await server.fetch(`/evenement/${event}/presents.csv`)).status, 401);
  });

  it("brings a client that was away back, or has it load again after too many facts", async () => {
    const event = await announce(anne, club);
    const { cursor, epoch } = {
      ...max.hello,
      cursor: (await max.call("event.get", { event })).seq,
    };
    await register(paul, event);
    await max.drop();
    await register(lea, event);
    await max.connect();
    assert.equal((await max.call("session.resume", { epoch, cursor })).reload, false);
    const about = (await anne.call("event.get", { event })).event;
    for (let i = 0; i < 2010; i += 30) {
      const words = Array.from({ length: 30 }, (_, j) =>
        anne.call("event.update", {
          event,
          ...eventIn(club, { starts_at: about.starts_at, title: `Titre ${i + j}` }),
        }),
      );
      await Promise.all(words);
    }
    assert.equal((await max.call("session.resume", { epoch, cursor })).reload, true);
  });
});
