// Find, as people meet it: the text inside what they bring, and what must never be told. Ranking is in
// tests/relevance, the rules of who sees what in tests/unit/test_find.c.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { channelOf, clubOf, member } from "../lib/cast.mjs";
import { nonce } from "../lib/client.mjs";
import { rows, value } from "../lib/database.mjs";
import { pdf } from "../lib/pdf.mjs";
import { lifetime, startServer } from "../lib/server.mjs";
import { bring } from "../lib/upload.mjs";
import { until } from "../lib/wait.mjs";

const find = (client, query, more = {}) => client.ask("search.find", { query, ...more });
const post = (client, channel, file) =>
  client.ask("message.post", { channel, body: "", files: [file], nonce: nonce() });
const READ = "SELECT count(*) FROM blob WHERE text = 'waiting'";
const read = (server) => until(() => value(server, READ) === 0);

describe("find", () => {
  const life = lifetime();
  const begun = (async () => {
    const server = await startServer(life);
    const host = await member(server, "Hôte", { role: "animateur" });
    const bob = await member(server, "Bob");
    const elsewhere = await member(server, "Zoé", { departement: "974" });
    const { id: channel } = await channelOf(bob);
    return { server, host, bob, elsewhere, channel };
  })();

  it("reads a PDF and says the page", async () => {
    const { server, host, bob, channel } = await begun;
    const pages = ["Sommaire de l'étude", "La charpente du lavoir est à reprendre", "Annexes"];
    const { key } = await bring(bob, "étude.pdf", pdf(pages));
    const { id } = await post(bob, channel, key);
    await read(server);
    const { hits } = await find(host, "charpente lavoir");
    assert.equal(hits.length, 1);
    assert.equal(hits[0].message.id, id);
    assert.deepEqual(hits[0].page, { unit: "page", number: 2 });
    assert.equal(hits[0].file.name, "étude.pdf");
    assert.equal(hits[0].snippet[1], "charpente");
  });

  it("keeps a private channel's files from who is not in it, to the last count", async () => {
    const { server, host, bob, elsewhere } = await begun;
    const club = (await clubOf(host)).id;
    const { id: channel } = await host.ask("channel.create", {
      club,
      name: "Comité",
      kind: "private",
    });
    const { key } = await bring(host, "secret.pdf", pdf(["Un belvédère confidentiel"]));
    await post(host, channel, key);
    await read(server);
    const seen = await find(host, "belvédère");
    assert.equal(seen.hits.length, 1);
    const nothing = { kinds: [], types: [], themes: [], territories: [], clubs: [], years: [] };
    for (const other of [bob, elsewhere]) {
      const { hits, counts, next, cut } = await find(other, "belvédère");
      assert.deepEqual(
        { hits, counts, next, cut },
        { hits: [], counts: nothing, next: undefined, cut: false },
      );
    }
  });

  it("puts what holds most words of a question before messages that hold one", async () => {
    const { host, bob, channel } = await begun;
    const say = (body) => bob.ask("message.post", { channel, body, nonce: nonce() });
    const rest = "Le bail court sur trois ans, le loyer suit le chiffre d'affaires. ".repeat(4);
    const answer = await say(`Bilan de notre épicerie coopérative : trois salariés. ${rest}`);
    for (let n = 0; n < 6; n++) await say("Fondé ? Fondé !");
    const { hits } = await find(host, "qui a fondé une épicerie coopérative ?");
    assert.equal(hits[0].message.id, answer.id);
  });

  it("records what cannot be read, and goes on", async () => {
    const { server, host, bob, channel } = await begun;
    const broken = Buffer.concat([pdf(["Un texte"]).subarray(0, 300), Buffer.alloc(5000, 7)]);
    await post(bob, channel, (await bring(bob, "cassé.pdf", broken)).key);
    await post(bob, channel, (await bring(bob, "entier.pdf", pdf(["Une gloriette"]))).key);
    await read(server);
    assert.equal(value(server, "SELECT count(*) FROM blob WHERE text = 'unreadable'"), 1);
    assert.equal((await find(host, "gloriette")).hits.length, 1);
  });
});

describe("the text inside", () => {
  it("is read once and whole, however often the server is killed meanwhile", async (t) => {
    const server = await startServer(t);
    const bob = await member(server, "Bob");
    const { id: channel } = await channelOf(bob);
    const pages = Array.from(
      { length: 400 },
      (_, i) => `Feuillet ${i}. ${"Lavoir et fontaine. ".repeat(60)}`,
    );
    const { key } = await bring(bob, "long.pdf", pdf(pages));
    await post(bob, channel, key);
    for (let i = 0; i < 4; i++) {
      await server.kill();
      await server.start();
      await until(() => value(server, "SELECT count(*) FROM blob_page") > 0);
    }
    await read(server);
    const [{ pages: count, last }] = rows(
      server,
      "SELECT count(*) AS pages, max(number) AS last FROM blob_page",
    );
    assert.deepEqual({ count, last }, { count: 400, last: 400 });
    const { hits } = await find(bob, "feuillet 399");
    assert.equal(hits[0].page.number, 400);
    await server.stop();
    const checked = await server.cli("check");
    assert.equal(checked.code, 0, checked.stdout + checked.stderr);
    await server.start();
  });
});
