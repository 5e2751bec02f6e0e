// Tokens: how hard to guess, and that none serves when it should no longer.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { clubOf, member, tokenFor } from "../lib/cast.mjs";
import { Client, cookieOf } from "../lib/client.mjs";
import { lifetime, startServer } from "../lib/server.mjs";
import { until } from "../lib/wait.mjs";

const PASSWORD = "quatre chevaux sous la halle";
const NEXT = "une fontaine au bout du mail";

/** The parts of a mail, decoded. */
const plainOf = (text) =>
  [...text.matchAll(/base64\r?\n\r?\n([\w+/=\r\n]+)/g)]
    .map(([, part]) => Buffer.from(part, "base64").toString("utf8"))
    .join("\n");

describe("a token", () => {
  const life = lifetime();
  let server;

  before(async () => {
    server = await startServer(life);
  });

  /** Somebody with a password, by the way the operator gives one. */
  async function resident(name) {
    const person = await member(server, name);
    await server.cli("user password", [person.email, "--password-stdin"], { input: PASSWORD });
    return person;
  }
  async function login(person, password = PASSWORD) {
    const answer = await new Client(server).post("session.open", { email: person.email, password });
    assert.equal(answer.status, 200, answer.text);
    return new Client(server, { cookie: cookieOf(answer) });
  }
  const statusOf = async (client, name = "club.list", params = {}) =>
    (await client.post(name, params)).status;

  /** The tokens of the links to a new password that somebody was mailed, the latest first. */
  function mailed({ email }) {
    const folder = join(server.data, "mail");
    const names = server.has("mail") ? readdirSync(folder).sort().reverse() : [];
    return names
      .filter((name) => name.endsWith(".eml"))
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .filter((text) => text.includes(`<${email}>`) || text.includes(`To: ${email}`))
      .map((text) => /mot-de-passe#(bfr_[\w-]{43})/.exec(plainOf(text))?.[1])
      .filter(Boolean);
  }
  async function forget(person) {
    const before = mailed(person).length;
    await new Client(server).ask("password.forgot", { email: person.email });
    return until(() => mailed(person).length > before && mailed(person)[0]);
  }

  it("says 256 bits, none alike", async () => {
    // The draw itself is looked at 10,000 times in tests/unit/test_secret.c.
    const { id } = await member(server, "Anne");
    const tokens = await Promise.all(Array.from({ length: 40 }, () => tokenFor(server, id)));
    assert.equal(new Set(tokens).size, tokens.length);
    for (const token of tokens) assert.match(token, /^bft_[\w-]{43}$/);
    const session = await login(await resident("Alix"));
    assert.match(session.credential.cookie, /^beffroi=bfs_[\w-]{43}$/);
  });

  it("is refused when one character of it is another, or is missing", async () => {
    const { id } = await member(server, "Anne");
    const token = await tokenFor(server, id);
    for (const wrong of [
      token.slice(0, -1),
      `${token}A`,
      token.toUpperCase(),
      token.slice(0, -1) + (token.endsWith("A") ? "E" : "A"),
      "",
    ]) {
      assert.equal(await statusOf(new Client(server, { token: wrong || " " })), 401, wrong);
    }
    assert.equal(await statusOf(new Client(server, { token })), 200);
  });

  it("of a session is another at each login, and says nothing of the last", async () => {
    const person = await resident("Bruno");
    const [one, two] = [await login(person), await login(person)];
    assert.notEqual(one.credential.cookie, two.credential.cookie);
    assert.equal(await statusOf(one), 200);
  });

  it("of a session is dead after the logout, its sockets too", async () => {
    const session = await login(await resident("Chloé"));
    await session.connect();
    assert.equal(await statusOf(session, "session.close"), 200);
    assert.equal((await session.closed).code, 4401);
    assert.equal(await statusOf(session), 401);
    await assert.rejects(new Client(server, session.credential).connect());
  });

  it("of another browser is dead after the password changed; this one stays", async () => {
    const person = await resident("David");
    const [here, there] = [await login(person), await login(person)];
    await there.connect();
    await here.ask("password.change", { current: PASSWORD, next: NEXT });
    assert.equal((await there.closed).code, 4401);
    assert.equal(await statusOf(there), 401);
    assert.equal(await statusOf(here), 200);
  });

  it("to a new password serves once, and ends every session and token", async () => {
    const person = await resident("Emma");
    const session = await login(person);
    const token = await forget(person);
    const reset = (password) => new Client(server).post("password.reset", { token, password });
    assert.equal((await reset("court")).status, 400, "a weak one uses nothing up");
    const both = await Promise.all([reset(NEXT), reset(NEXT)]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 410]);
    assert.equal((await reset(PASSWORD)).status, 410);
    assert.equal(await statusOf(session), 401);
    assert.equal(await statusOf(person), 401, "the bearer token");
    await login(person, NEXT);
  });

  it("to a new password ends those that were asked for before it", async () => {
    const person = await member(server, "Farid");
    const [first, second] = [await forget(person), await forget(person)];
    const reset = (token) => new Client(server).post("password.reset", { token, password: NEXT });
    assert.equal((await reset(second)).status, 200);
    assert.equal((await reset(first)).status, 410);
  });

  it("of an invitation lets one person in, once", async () => {
    const animateur = await member(server, "Gaëlle", { role: "animateur" });
    const club = (await clubOf(animateur)).id;
    const who = {
      email: "hugo@exemple.fr",
      name: "Hugo",
      role: "partenaire",
      organisation: "Halle",
    };
    const { link } = await animateur.ask("member.invite", { club, ...who });
    const token = link.split("#")[1];
    const accept = () =>
      new Client(server).post("invitation.accept", { token, password: PASSWORD });
    const answers = await Promise.all([accept(), accept(), accept()]);
    const statuses = answers.map(({ status }) => status).sort();
    assert.equal(statuses[0], 200);
    assert.ok(
      statuses.slice(1).every((status) => status >= 400),
      statuses.join(),
    );
    assert.equal((await accept()).status, 410);
    const { members } = await animateur.ask("member.list", { club });
    assert.equal(members.filter(({ name }) => name === "Hugo").length, 1);
  });

  it("that may read cannot write, by HTTP or by socket", async () => {
    const reader = await member(server, "Inès", { role: "animateur", scope: "read" });
    const club = (await clubOf(reader)).id;
    await reader.connect();
    const params = { club, name: "interdit", kind: "open" };
    assert.equal(await statusOf(reader), 200);
    const { email } = reader;
    for (const [name, sent] of [
      ["channel.create", params],
      ["token.create", { person: reader.id, label: "x" }],
      ["profile.update", { name: "X", email }],
    ]) {
      const { status } = await reader.post(name, sent);
      assert.ok([400, 403, 404].includes(status), `${name}: ${status}`);
    }
    const { channels } = await reader.ask("channel.list", { club });
    const post = { channel: channels[0].id, body: "interdit", nonce: "interdit-1" };
    await assert.rejects(reader.call("message.post", post), ({ status }) => status === 403);
    await reader.close();
  });

  it("that was revoked is dead at once, its socket too", async () => {
    const person = await member(server, "Jules");
    await person.connect();
    const { tokens } = await person.ask("token.list", { person: person.id });
    await person.ask("token.revoke", { person: person.id, token: tokens[0].id });
    assert.equal((await person.closed).code, 4401);
    assert.equal(await statusOf(person), 401);
  });

  it("of a session is no bearer's, nor one of another kind", async () => {
    const session = await login(await resident("Karim"));
    const value = session.credential.cookie.split("=")[1];
    assert.equal(
      (await new Client(server).post("password.reset", { token: value, password: NEXT })).status,
      410,
    );
    assert.equal((await new Client(server).post("invitation.get", { token: value })).status, 410);
  });
});
