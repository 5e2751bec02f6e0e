// The names that outside clients rely on, and what comes with them.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { channelOf, clubOf, connected, member } from "../lib/cast.mjs";
import { Client, nonce } from "../lib/client.mjs";
import { lifetime, startServer } from "../lib/server.mjs";

describe("the outside contract", () => {
  const life = lifetime();
  let server, anne, paul, channel;

  before(async () => {
    server = await startServer(life);
    anne = await connected(server, "Anne", { role: "animateur" });
    paul = await connected(server, "Paul");
    channel = (await channelOf(anne)).id;
  });

  it("says hello with an epoch, a cursor, a level, limits and who one is", () => {
    const { epoch, cursor, level, limits, me } = anne.hello;
    assert.match(epoch, /^[0-9a-f]{16}$/);
    assert.ok(Number.isInteger(cursor) && cursor >= 0);
    assert.equal(level, 1);
    for (const limit of ["body_chars", "body_bytes", "name_chars", "list_max", "direct_people"]) {
      assert.ok(limits[limit] > 0, limit);
    }
    assert.equal(me.id, anne.id);
    assert.equal(me.name, "Anne");
    assert.equal(me.administrator, false);
  });

  it("opens a session by e-mail and password, over HTTP, with a cookie", async () => {
    const made = await server.cli("user add", ["lea@exemple.fr", "Léa", "--password-stdin"], {
      input: "quatre chevaux bleus trottent\n",
    });
    assert.equal(made.code, 0, made.stderr);
    const lea = new Client(server);
    const answer = await lea.post("session.open", {
      email: "lea@exemple.fr",
      password: "quatre chevaux bleus trottent",
    });
    assert.equal(answer.status, 200, answer.text);
    const [cookie] = answer.headers["set-cookie"];
    assert.match(cookie, /; Path=\//);
    assert.match(cookie, /; HttpOnly/);
    assert.match(cookie, /; SameSite=(Lax|Strict)/);
    lea.credential = { cookie: cookie.split(";")[0] };
    await lea.connect();
    assert.equal(lea.hello.me.name, "Léa");
    await lea.close();
  });

  it("gives an unknown account the answer of a wrong password", async () => {
    const nobody = new Client(server);
    const known = await nobody.post("session.open", {
      email: paul.email,
      password: "pas le bon du tout",
    });
    const unknown = await nobody.post("session.open", {
      email: "inconnu@exemple.fr",
      password: "pas le bon du tout",
    });
    assert.equal(known.status, 401);
    assert.equal(unknown.status, 401);
    assert.equal(known.text, unknown.text);
  });

  it("lists the Clubs one is in, with what one can do there", async () => {
    const { seq, clubs } = await paul.call("club.list", {});
    assert.ok(Number.isInteger(seq));
    assert.deepEqual(
      clubs.map((club) => club.name),
      ["Club PVD de l'Ain"],
    );
    assert.ok(!clubs[0].can.includes("manage"));
    assert.deepEqual(clubs[0].roles, ["partenaire"]);
    assert.ok((await clubOf(anne)).can.includes("manage"));
  });

  it("lists a Club's channels: Général, Annonces and the seven themes", async () => {
    const club = await clubOf(anne);
    const { seq, channels } = await anne.call("channel.list", { club: club.id });
    assert.ok(Number.isInteger(seq));
    assert.deepEqual(
      channels.map((item) => item.name),
      [
        "Général",
        "Annonces",
        "Engagement et mobilisation",
        "Bien vieillir",
        "Commerce et artisanat",
        "Patrimoine et culture",
        "Habitat",
        "Mobilités",
        "Vivre avec la nature",
      ],
    );
  });

  it("answers message.post with {id, seq}, and tells the others once", async () => {
    const reply = await anne.say(channel, "Bonjour à tous");
    assert.deepEqual(Object.keys(reply).sort(), ["id", "seq"]);
    const fact = await paul.fact("message.posted", ({ message }) => message.id === reply.id);
    assert.equal(fact.seq, reply.seq);
    const { id, channel: where, author, body, at } = fact.message;
    assert.deepEqual([id, where, author.id, body], [reply.id, channel, anne.id, "Bonjour à tous"]);
    assert.ok(Math.abs(at - Date.now()) < 60_000);
    await paul.settle();
    const told = paul.facts.filter((item) => item.message?.id === reply.id);
    assert.equal(told.length, 1);
  });

  it("takes nonces of 8 to 64 characters", async () => {
    const post = (mark) => anne.call("message.post", { channel, body: "Un essai", nonce: mark });
    await assert.rejects(post("sept777"), { status: 400 });
    await assert.rejects(post("x".repeat(65)), { status: 400 });
    await post("huit8888" /* 8 */);
    await post("y".repeat(64));
  });

  it("posts a reply in a thread", async () => {
    const root = await anne.say(channel, "Une question");
    const reply = await paul.say(channel, "Une réponse", { thread: root.id });
    const fact = await anne.fact("message.posted", ({ message }) => message.id === reply.id);
    assert.equal(fact.message.thread, root.id);
  });

  it("tells an edit and a deletion", async () => {
    const { id } = await anne.say(channel, "Premier jet");
    await anne.call("message.edit", { message: id, body: "Version au propre" });
    const edited = await paul.fact("message.edited", ({ message }) => message.id === id);
    assert.equal(edited.message.body, "Version au propre");
    await anne.call("message.delete", { message: id });
    const deleted = await paul.fact("message.deleted", ({ message }) => message.id === id);
    assert.equal(deleted.message.body, "");
    for (const member of ["id", "channel", "author", "body", "at"]) {
      assert.ok(member in deleted.message, member);
    }
  });

  it("lists messages, the oldest first, before and after one", async () => {
    const ids = [];
    for (const body of ["un", "deux", "trois", "quatre"])
      ids.push((await anne.say(channel, body)).id);
    const last = await anne.call("message.list", { channel, limit: 3 });
    assert.deepEqual(
      last.messages.map((message) => message.body),
      ["deux", "trois", "quatre"],
    );
    const before = await anne.call("message.list", { channel, before: ids[2], limit: 2 });
    assert.deepEqual(
      before.messages.map((message) => message.id),
      ids.slice(0, 2),
    );
    const after = await anne.call("message.list", { channel, after: ids[1], limit: 10 });
    assert.deepEqual(
      after.messages.map((message) => message.id),
      ids.slice(2),
    );
  });

  it("searches without case, accents or plural", async () => {
    const { id } = await anne.say(channel, "Les élus visitent la revitalisation du cœur de ville");
    for (const query of ["élu", "elus", "coeur", "revitaliser", "l'élu vill"]) {
      const { hits } = await paul.call("message.search", { query });
      assert.ok(
        hits.some((hit) => hit.message.id === id),
        query,
      );
    }
  });

  it("answers over HTTP what it answers over the socket", async () => {
    const overHttp = await anne.ask("message.list", { channel, limit: 2 });
    const overSocket = await anne.call("message.list", { channel, limit: 2 });
    assert.deepEqual(overHttp.messages, overSocket.messages);
    const posted = await anne.ask("message.post", { channel, body: "Par HTTP", nonce: nonce() });
    await paul.fact("message.posted", ({ message }) => message.id === posted.id);
  });

  it("does not let a stranger see that a channel exists", async () => {
    const stranger = await member(server, "Zoé", { departement: "974" });
    const refused = await stranger.post("message.list", { channel });
    const absent = await stranger.post("message.list", { channel: 999_999 });
    assert.equal(refused.status, 404);
    assert.equal(refused.text, absent.text);
  });

  it("answers an anonymous caller that one must log in", async () => {
    const answer = await new Client(server).post("club.list");
    assert.equal(answer.status, 401);
  });

  it("says that it is healthy, ready, and which version it is", async () => {
    for (const path of ["/healthz", "/readyz", "/version"]) {
      const answer = await server.fetch(path);
      assert.equal(answer.status, 200, path);
    }
    assert.match((await server.fetch("/version")).json.version, /^\d+\.\d+\.\d+/);
  });
});
