// Guessing at the login: what it costs, what it tells, and that it locks nobody out.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { member } from "../lib/cast.mjs";
import { exchange, post } from "../lib/raw.mjs";
import { lifetime, startServer } from "../lib/server.mjs";

const PASSWORD = "quatre chevaux sous la halle";
const FREE = 4; // guesses at one account from one network that cost nothing (live/throttle.c)
const PAIRS = process.env.LONG ? 200 : 24;

describe("the login", () => {
  const life = lifetime();
  let server, anne, bare;
  let last = 1;

  before(async () => {
    server = await startServer(life, { trusted_proxy: "127.0.0.1" });
    anne = await member(server, "Anne");
    bare = await member(server, "Bruno"); // an account without a password
    await server.cli("user password", [anne.email, "--password-stdin"], { input: PASSWORD });
  });

  /** Each test, and each few guesses, come from a network of their own, as a proxy tells it. */
  const elsewhere = () => `198.18.${++last >> 8}.${last & 255}`;
  const send = async (name, params, from) => {
    const text = post(server, name, params, { "x-forwarded-for": from });
    const begun = performance.now();
    const answer = await exchange(server, text, { idle: 30_000 });
    return { ...answer, ms: performance.now() - begun };
  };
  const guess = (email, password, from) => send("session.open", { email, password }, from);
  const unknown = () => `personne-${++last}@exemple.fr`;
  const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

  it("answers the same to a wrong password, an unknown address, an account without password", async () => {
    const texts = [];
    for (const email of [anne.email, unknown(), bare.email, anne.email.toUpperCase()]) {
      const { text, status } = await guess(email, "faux", elsewhere());
      assert.equal(status, 401);
      texts.push(text.replace(/^date: .*$/m, ""));
    }
    assert.equal(new Set(texts).size, 1, texts.join("\n"));
  });

  it("tells that an account is suspended to who knows its password alone", async () => {
    const zoe = await member(server, "Zoé");
    await server.cli("user password", [zoe.email, "--password-stdin"], { input: PASSWORD });
    await server.admin("person.suspend", { person: zoe.id });
    assert.equal((await guess(zoe.email, "faux", elsewhere())).status, 401);
    assert.equal((await guess(zoe.email, PASSWORD, elsewhere())).status, 403);
  });

  it("holds the guesses at an account back, longer and longer", async () => {
    const from = elsewhere();
    const waited = [];
    for (let i = 0; i < FREE + 3; i++) waited.push((await guess(anne.email, `faux${i}`, from)).ms);
    const held = waited.slice(FREE);
    for (const [i, ms] of held.entries()) assert.ok(ms >= 250 * 2 ** i, `${i}: ${ms} ms`);
  });

  it("holds guesses that come all at once back like those one after the other", async () => {
    const from = elsewhere();
    const count = FREE + 4;
    const all = await Promise.all(
      Array.from({ length: count }, (_, i) => guess(anne.email, `faux${i}`, from)),
    );
    const longest = all.map(({ ms }) => ms).sort((a, b) => b - a);
    for (const [i, ms] of longest.slice(0, 4).entries()) {
      assert.ok(ms >= 2000 / 2 ** i, `${i}: ${ms} ms`);
    }
  });

  it("slows guesses at unknown addresses as those at known ones", async () => {
    const [from, email] = [elsewhere(), unknown()];
    for (let i = 0; i < FREE; i++) await guess(email, "faux", from);
    assert.ok((await guess(email, "faux", from)).ms >= 250);
  });

  it("lets the person in while a stranger who guesses at their account is held back", async () => {
    const stranger = elsewhere();
    await Promise.all(Array.from({ length: FREE + 4 }, () => guess(anne.email, "faux", stranger)));
    let isHeld = true; // this one, for four seconds at least
    const held = guess(anne.email, "faux", stranger).then(() => (isHeld = false));
    const { status } = await guess(anne.email, PASSWORD, elsewhere());
    assert.equal(status, 200);
    assert.equal(isHeld, true);
    await held;
  });

  it("forgives a person their own slips once they are in", async () => {
    const from = elsewhere();
    for (let i = 0; i < FREE; i++) await guess(anne.email, "faux", from);
    assert.equal((await guess(anne.email, PASSWORD, from)).status, 200);
    // Were they not forgiven, the last of these would be held back for four seconds.
    let ms;
    for (let n = 0; n < FREE; n++) ({ ms } = await guess(anne.email, "faux", from));
    assert.ok(ms < 4000, `${ms} ms`);
    ({ ms } = await guess(anne.email, "faux", from));
    assert.ok(ms >= 250, `${ms} ms`);
  });

  /** Medians of each kind, asked in turn from networks that are used for a few guesses alone. */
  async function compare(kinds, ask) {
    const times = kinds.map(() => []);
    let from;
    for (let i = 0; i < PAIRS; i++) {
      if (i % 3 === 0) from = elsewhere();
      for (const [k, kind] of kinds.entries()) times[k].push((await ask(kind(), from)).ms);
    }
    return times.map(median);
  }

  it("takes as long for an unknown address as for a known one", async (t) => {
    const kinds = [() => anne.email, unknown, () => bare.email];
    const medians = await compare(kinds, (email, from) => guess(email, "faux mot de passe", from));
    t.diagnostic(`known, unknown, without password: ${medians.map((ms) => ms.toFixed(1))} ms`);
    const [known, ...others] = medians;
    for (const other of others) {
      assert.ok(other / known > 0.75 && other / known < 1.33, medians.join(" "));
    }
  });

  it("takes as long to send no link as to send one", async (t) => {
    const kinds = [() => anne.email, unknown];
    const ask = (email, from) => send("password.forgot", { email }, from);
    const [known, other] = await compare(kinds, ask);
    t.diagnostic(`known, unknown: ${known.toFixed(2)}, ${other.toFixed(2)} ms`);
    assert.ok(other / known > 0.5 && other / known < 2, `${known} ${other}`);
  });
});
