// 1,000 people want 50 seats at once, through the real server that is killed in the midst of it; then
// some leave, and seats are held, confirmed, or passed on. After each step: as many seats taken as there
// are, the line in the order of the answers, nobody twice, everyone told once.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { clubOf, member } from "../lib/cast.mjs";
import { change, rows, value } from "../lib/database.mjs";
import { announce } from "../lib/events.mjs";
import { Random, seed } from "../lib/random.mjs";
import { lifetime, startServer } from "../lib/server.mjs";
import { until } from "../lib/wait.mjs";
import { Attendee, crowdOf, gather, inBatches, muteMailServer } from "./crowd.mjs";
import {
  heardFaults,
  letterFaults,
  offerFaults,
  orderFaults,
  seatFaults,
  toldFaults,
} from "./verdict.mjs";

const ROUNDS = process.env.LONG ? 100 : 20;
const PEOPLE = 1000;
const SEATS = 50;
const EVENT_FACTS = "'registration.changed', 'notice.added'";

/** Where a round is disturbed; most are not everywhere. */
function plan(random) {
  return {
    kills: random.weighed([
      [3, 0],
      [4, 1],
      [1, 2],
    ]),
    leaving: random.between(5, 15), // of those seated
    killLeaving: random.chance(0.2),
    lapsing: random.chance(0.5) ? random.between(1, 4) : 0,
    killConfirming: random.chance(0.2),
  };
}

class Round {
  constructor(world, random, number) {
    Object.assign(this, world, { random, number, freed: 0, plan: plan(random) });
  }

  async play() {
    for (const one of [...this.crowd, this.bystander]) one.beginRound();
    await this.announce();
    await this.registerAll();
    this.check("registered");
    await this.leave();
    this.check("some left");
    await this.lapse();
    await this.confirm();
    this.check("confirmed");
    this.checkLetters();
    await this.checkBystander();
    await this.checkLists();
  }

  async announce() {
    this.title = `Webinaire ${String(this.number).padStart(3, "0")}`;
    const about = { title: this.title, capacity: SEATS, hold_hours: 1 };
    this.event = await announce(this.host, this.club, about);
    this.begun = value(this.server, "SELECT max(seq) FROM journal");
  }

  // --- what happens -------------------------------------------------------------------------------

  /**
   * All do it at once, whoever is not sure of it again, until each was answered. The server is killed
   * `kills` times meanwhile, wherever it is after some answers.
   */
  async allAtOnce(people, act, isDone, kills) {
    for (let kill = 0; kill < kills; kill++) {
      let left = this.random.between(1, Math.max(1, people.length - 1));
      let enough;
      const reached = new Promise((done) => (enough = done));
      const counted = (one) => act(one).then(() => isDone(one) && --left === 0 && enough());
      const running = people.filter((one) => !isDone(one)).map(counted);
      await Promise.race([reached, Promise.all(running)]);
      if (this.random.chance(0.5)) await pause(this.random.between(0, 15));
      await this.server.kill();
      await Promise.all(running);
      await this.return();
    }
    await Promise.all(people.filter((one) => !isDone(one)).map(act));
    assert.deepEqual(people.filter((one) => !isDone(one)).length, 0, "somebody was not answered");
  }

  /** The server is there again, and so is everybody. */
  async return() {
    await Promise.all([...this.crowd, this.bystander].map(({ closed }) => closed));
    await this.server.start();
    await gather([...this.crowd, this.bystander]);
  }

  async registerAll() {
    const impatient = new Set(
      Array.from({ length: PEOPLE / 20 }, () => this.random.pick(this.crowd)),
    );
    const begun = Date.now();
    const act = (one) => one.register(this.event, impatient.has(one) ? 2 : 1);
    await this.allAtOnce(this.crowd, act, ({ reply }) => reply, this.plan.kills);
    this.burst_ms = Date.now() - begun;
    for (const one of Array.from({ length: 10 }, () => this.random.pick(this.crowd))) {
      assert.deepEqual(await one.call("event.register", one.request), one.reply);
    }
    assert.deepEqual(orderFaults(this.registrations(), this.answers()), []);
    assert.equal(new Set(this.crowd.map(({ reply }) => reply.id)).size, PEOPLE);
  }

  /** Some of the seated and some of those who wait, together. */
  async leave() {
    const seated = this.pickOf("seated", this.plan.leaving);
    const waiting = this.pickOf("waiting", 8);
    const leavers = [...seated, ...waiting];
    for (const one of leavers) one.forgetDeed();
    const act = (one) => one.insist("event.unregister", { event: this.event });
    await this.allAtOnce(leavers, act, ({ done }) => done, this.plan.killLeaving ? 1 : 0);
    const offeredFirst = this.notices().filter(
      ({ person, kind }) => kind === "offered" && waiting.some(({ id }) => id === person),
    );
    this.freed += seated.length + offeredFirst.length;
  }

  /** The time to confirm passes for some; it does while the server is down. */
  async lapse() {
    if (!this.plan.lapsing) return;
    const ids = this.pickOf("offered", this.plan.lapsing).map(({ id }) => id);
    const of = `event = ${this.event} AND person IN (${ids})`;
    await this.server.kill();
    change(
      this.server,
      `UPDATE due SET at = 1 WHERE command = 'registration.lapse'
         AND object IN (SELECT id FROM registration WHERE ${of});
       UPDATE registration SET held_until = 1 WHERE ${of}`,
    );
    await this.return();
    const lapsed = `SELECT count(*) FROM registration WHERE event = ${this.event} AND state = 'lapsed'`;
    await until(() => value(this.server, lapsed) === ids.length, 5000, "seats do not lapse");
    this.freed += ids.length;
    this.check("some lapsed");
  }

  async confirm() {
    const offered = this.allOf("offered");
    for (const one of offered) one.forgetDeed();
    const act = (one) => one.insist("event.confirm", { event: this.event });
    await this.allAtOnce(offered, act, ({ done }) => done, this.plan.killConfirming ? 1 : 0);
    assert.equal(this.registrations().filter(({ state }) => state === "seated").length, SEATS);
  }

  // --- what is so ---------------------------------------------------------------------------------

  registrations() {
    return rows(
      this.server,
      `SELECT person, state, turn FROM registration WHERE event = ${this.event} ORDER BY turn`,
    );
  }

  answers() {
    return this.crowd.map(({ id, reply }) => ({ person: id, seq: reply.seq }));
  }

  notices() {
    return rows(
      this.server,
      `SELECT person, kind FROM notice WHERE event = ${this.event} ORDER BY id`,
    );
  }

  allOf(state) {
    const rows = this.registrations().filter((row) => row.state === state);
    const ids = new Set(rows.map(({ person }) => person));
    return this.crowd.filter(({ id }) => ids.has(id));
  }

  /** At most so many of them, by chance. */
  pickOf(state, count) {
    const all = this.allOf(state);
    return [...new Set(Array.from({ length: count }, () => this.random.pick(all)))];
  }

  check(where) {
    const [registrations, notices, answers] = [
      this.registrations(),
      this.notices(),
      this.answers(),
    ];
    const waiting = registrations.filter(({ state }) => state === "waiting");
    const line = new Set(waiting.map(({ person }) => person));
    const place = new Map(answers.map(({ person, seq }) => [person, seq]));
    const inTurn = registrations.map((row) => ({ ...row, turn: place.get(row.person) }));
    const faults = [
      ...seatFaults(inTurn, { seats: SEATS, people: PEOPLE }),
      ...orderFaults(
        waiting,
        answers.filter(({ person }) => line.has(person)),
      ),
      ...toldFaults(registrations, notices),
      ...offerFaults(notices, this.freed),
    ];
    assert.deepEqual(faults.slice(0, 10), [], where);
  }

  checkLetters() {
    const letters = `SELECT person FROM mail WHERE plain LIKE '%${this.title}%'`;
    assert.deepEqual(letterFaults(this.notices(), rows(this.server, letters)), []);
  }

  /** Live or on coming back, each heard all that was for them, and the last word is how things stand. */
  async checkEars() {
    await inBatches(this.crowd, (one) => one.settle());
    const journal = rows(
      this.server,
      `SELECT audience >> 3 AS person, seq, fact || ' ' || entity AS thing FROM journal
         WHERE seq > ${this.begun}
         AND audience & 7 = 2 AND fact IN (${EVENT_FACTS})`,
    );
    const personal = EVENT_FACTS.replaceAll("'", "").split(", ");
    const ears = this.crowd.map(({ id, told }) => ({
      person: id,
      heard: told.filter(({ fact }) => personal.includes(fact)).map(({ seq }) => seq),
    }));
    assert.deepEqual(heardFaults(ears, journal).slice(0, 5), []);
    const states = new Map(this.registrations().map(({ person, state }) => [person, state]));
    const last = ({ told }) =>
      told
        .filter(({ fact }) => fact === "registration.changed")
        .sort((a, b) => a.seq - b.seq)
        .at(-1)?.mine.registration;
    const wrong = this.crowd.filter((one) => last(one) !== states.get(one.id));
    assert.deepEqual(
      wrong.slice(0, 5).map((one) => [one.id, last(one), states.get(one.id)]),
      [],
    );
    assert.equal(this.crowd.filter(({ twice, reloads }) => twice || reloads).length, 0);
  }

  /** Who only looks on is told the seats, now and then. */
  async checkBystander() {
    await this.checkEars();
    const waiting = this.registrations().filter(({ state }) => state === "waiting").length;
    const told = () =>
      this.bystander.told
        .filter(({ fact, event }) => fact === "event.changed" && event.id === this.event)
        .map(({ event }) => event);
    const isTold = () => told().at(-1)?.seated === SEATS && told().at(-1).waiting === waiting;
    await until(isTold, 5000, () => `the bystander was told ${JSON.stringify(told().at(-1))}`);
  }

  /** The organiser's list and each one's place in the line say the same. */
  async checkLists() {
    const line = this.registrations().filter(({ state }) => state === "waiting");
    const { counts } = await this.host.ask("registration.list", { event: this.event, limit: 1 });
    assert.deepEqual([counts.registered, counts.waiting], [SEATS, line.length]);
    for (const place of [0, this.random.between(1, line.length - 1), line.length - 1]) {
      const who = this.crowd.find(({ id }) => id === line[place].person);
      assert.equal((await who.call("event.get", { event: this.event })).rank, place + 1);
    }
  }
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

describe(`${PEOPLE} people and ${SEATS} seats`, () => {
  const life = lifetime();
  const world = {};

  before(async () => {
    const server = await startServer(life, { smtp_url: await muteMailServer(life) });
    const host = await member(server, "Anne", { role: "animateur" });
    const crowd = await crowdOf(server, PEOPLE);
    const { id, credential } = await member(server, "Paul");
    const bystander = Object.assign(new Attendee(server, credential), { id });
    await bystander.back();
    Object.assign(world, { server, host, crowd, bystander, club: (await clubOf(host)).id });
  });

  for (let i = 0; i < ROUNDS; i++) {
    it(`are ${SEATS} people seated (SEED=${seed + i})`, async () => {
      await new Round(world, new Random(seed + i), i).play();
    });
  }

  it("leave a database that is whole", async () => {
    const { code, stdout } = await world.server.cli("check");
    assert.equal(code, 0, stdout);
    await Promise.all([...world.crowd, world.bystander].map((one) => one.close()));
  });
});
