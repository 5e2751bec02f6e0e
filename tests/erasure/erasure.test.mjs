// Law 6: what was erased is in no file of the data directory once the clean-up is done, and comes back by
// no restore.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { channelOf, clubOf, connected, member } from "../lib/cast.mjs";
import { nonce } from "../lib/client.mjs";
import { value } from "../lib/database.mjs";
import { announce, register } from "../lib/events.mjs";
import { http } from "../lib/http.mjs";
import { draftResource, resourceAt } from "../lib/library.mjs";
import { pdf } from "../lib/pdf.mjs";
import { startServer } from "../lib/server.mjs";
import { announced, bring, patch } from "../lib/upload.mjs";
import { until } from "../lib/wait.mjs";

/** Files below `folder` that hold the word, whatever its case (the full-text index folds it). */
function filesWith(folder, word) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesWith(path, word);
    const holds = entry.isFile() && readFileSync(path, "latin1").toLowerCase().includes(word);
    return holds ? [path] : [];
  });
}

/** Letters that left to the folder, for want of a mail server. */
const lettersTo = (server, address) =>
  server.has("mail") ? filesWith(join(server.data, "mail"), `to: ${address}`) : [];

const scrubs = async (server) => {
  const { text } = await http({ socketPath: join(server.data, "admin.sock"), path: "/metrics" });
  return Number(/^beffroi_scrubs_total (\d+)/m.exec(text)[1]);
};

/** The daily upkeep, now; resolves when the writer has done its part. */
async function cleanUp(server) {
  const before = await scrubs(server);
  await server.admin("store.clean");
  await until(async () => (await scrubs(server)) > before, 20_000, "the clean-up ends");
}

async function post(client, channel, body, thread) {
  const sent = { channel, body, nonce: nonce(), ...(thread && { thread }) };
  return (await client.call("message.post", sent)).id;
}

/** Lines enough for the index to have several levels. */
async function talk(client, channel, lines) {
  for (let i = 0; i < lines; i++)
    await post(client, channel, `Ligne ${i} : halle, marché, commerce`);
}

it("leaves nothing of a deleted message, its versions and its draft", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const { id: channel } = await channelOf(anne);
  await talk(anne, channel, 40);
  const id = await post(anne, channel, "Le mot est zanzibarois");
  await anne.call("message.edit", { message: id, body: "Le mot est tombouctouan" });
  await anne.call("draft.set", { channel, body: "Brouillon ouagalais" });
  await anne.call("draft.set", { channel, body: "" });
  assert.notDeepEqual(filesWith(server.data, "zanzibarois"), []);
  await anne.call("message.delete", { message: id });
  await cleanUp(server);
  for (const word of ["zanzibar", "tombouct", "ouagalai"]) {
    assert.deepEqual(filesWith(server.data, word), [], word);
  }
  assert.notDeepEqual(filesWith(server.data, "ligne 3"), []);
  await anne.close();
});

it("leaves nothing of a person erased with what they wrote, in any file", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const gone = await connected(server, "Wilhelmine", { email: "wilhelmine@exemple.fr" });
  const administrator = await member(server, "Administratrice", { administrator: true });
  const { id: channel } = await channelOf(anne);
  const root = await post(gone, channel, "Une question xylophonique");
  await post(anne, channel, "Une réponse qui reste", root);
  await gone.call("draft.set", { channel, body: "Brouillon ouagalais" });
  await administrator.ask("person.erase", { person: gone.id, messages: "remove" });
  await cleanUp(server);
  for (const word of ["wilhelmin", "xylophon", "ouagalai"]) {
    assert.deepEqual(filesWith(server.data, word), [], word);
  }
  assert.notDeepEqual(filesWith(server.data, "qui reste"), []);
  await anne.close();
});

it("leaves nothing of a person erased in the events they came to", async (t) => {
  const server = await startServer(t);
  const host = await member(server, "Hôte", { role: "animateur" });
  const gone = await member(server, "Wilhelmine", { email: "wilhelmine@exemple.fr" });
  const administrator = await member(server, "Administratrice", { administrator: true });
  const question = { kind: "text", label: "Vos attentes", required: true };
  const event = await announce(host, (await clubOf(host)).id, {
    questions: [question],
    registration: "approval",
  });
  const { questions } = (await gone.ask("event.get", { event })).event;
  const answers = [{ question: questions[0].id, text: "Un xylophone" }];
  await register(gone, event, { answers });
  await host.ask("event.approve", { event, person: gone.id });
  await host.ask("attendance.set", { event, person: gone.id, present: true });
  assert.notDeepEqual(filesWith(server.data, "xylophon"), []);
  await until(() => lettersTo(server, gone.email).length > 0);
  await administrator.ask("person.erase", { person: gone.id, messages: "keep" });
  await cleanUp(server);
  await until(() => lettersTo(server, gone.email).length === 0, 20_000, "her letters are erased");
  for (const word of ["wilhelmin", "xylophon"])
    assert.deepEqual(filesWith(server.data, word), [], word);
  await until(() => lettersTo(server, host.email).length > 0, 20_000, "others keep theirs");
  const { total } = await host.ask("attendance.summary", { event });
  assert.equal(total.present, 1, "still counted");
});

it("leaves nothing of what a person said of themselves, or of their name on a card", async (t) => {
  const server = await startServer(t);
  const host = await member(server, "Hôte", { role: "animateur" });
  const gone = await member(server, "Wilhelmine", { email: "wilhelmine@exemple.fr" });
  const administrator = await member(server, "Administratrice", { administrator: true });
  const { id: club } = await clubOf(host);
  await gone.ask("profile.set", {
    offer: "Un orchestre xylophonique",
    phone: "04 65 71 77 66",
    themes: [1],
    shows: ["offer", "phone"],
  });
  await host.ask("club.card_set", {
    club,
    service: "DDT de l'Ain",
    people: [{ name: "Mme Ouagalaise", email: gone.email }, { name: "Wilhelmine" }],
  });
  assert.notDeepEqual(filesWith(server.data, "xylophon"), []);
  await administrator.ask("person.erase", { person: gone.id, messages: "keep" });
  await cleanUp(server);
  for (const word of ["wilhelmin", "xylophon", "71 77 66", "ouagalai"])
    assert.deepEqual(filesWith(server.data, word), [], word);
  assert.notDeepEqual(filesWith(server.data, "ddt de l'ain"), []);
});

it("takes letters from the folder when a restore brings their reader back", async (t) => {
  const server = await startServer(t);
  const host = await member(server, "Hôte", { role: "animateur" });
  const gone = await member(server, "Wilhelmine", { email: "wilhelmine@exemple.fr" });
  const administrator = await member(server, "Administratrice", { administrator: true });
  const event = await announce(host, (await clubOf(host)).id, { registration: "open" });
  await register(gone, event);
  await until(() => lettersTo(server, gone.email).length > 0);
  const backup = join(server.data, "..", "backup.db");
  assert.equal((await server.cli("backup", [backup])).code, 0);
  await administrator.ask("person.erase", { person: gone.id, messages: "keep" });
  await server.stop();
  assert.equal((await server.cli("restore", [backup])).code, 0);
  await server.start();
  await until(() => lettersTo(server, gone.email).length === 0, 20_000, "her letters are erased");
});

it("is done again when an older backup is restored", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const { id: channel } = await channelOf(anne);
  const id = await post(anne, channel, "Le mot est zanzibarois");
  await post(anne, channel, "Celui-ci reste");
  const backup = join(server.data, "..", "backup.db");
  assert.equal((await server.cli("backup", [backup])).code, 0);
  await anne.call("message.delete", { message: id });
  await anne.close();
  await server.stop();
  assert.equal((await server.cli("restore", [backup])).code, 0);
  await server.start();
  await cleanUp(server);
  assert.deepEqual(filesWith(server.data, "zanzibar"), []);
  assert.notDeepEqual(filesWith(server.data, "celui-ci reste"), []);
});

/** A text whose words nothing else holds, brought and posted; resolves when it can be found. */
async function postFile(client, channel, word) {
  const { key } = await bring(client, `${word}.txt`, Buffer.from(`Un ${word} dans le texte.\n`));
  const waiting = "SELECT count(*) FROM blob WHERE text = 'waiting'";
  await until(() => value(client.server, waiting) === 0, 20_000, "it is read");
  const sent = { channel, body: "", nonce: nonce(), files: [key] };
  return (await client.call("message.post", sent)).id;
}

const gone = (server, word) =>
  until(() => filesWith(server.data, word).length === 0, 20_000, `${word} leaves the disk`);

it("leaves nothing of the files of a deleted message: bytes, names, texts", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const { id: channel } = await channelOf(anne);
  await talk(anne, channel, 20);
  await postFile(anne, channel, "marmoréen");
  const id = await postFile(anne, channel, "zanzibarois");
  assert.notDeepEqual(filesWith(join(server.data, "files"), "zanzibar"), []);
  assert.equal((await anne.ask("search.find", { query: "zanzibarois" })).hits.length, 1);
  await anne.call("message.delete", { message: id });
  await cleanUp(server);
  await gone(server, "zanzibar");
  assert.notDeepEqual(filesWith(join(server.data, "files"), "marmor"), [], "others stay");
  await anne.close();
});

it("leaves nothing an erased person brought and placed nowhere, come whole or not", async (t) => {
  const server = await startServer(t);
  const wilhelmine = await connected(server, "Wilhelmine");
  const administrator = await member(server, "Administratrice", { administrator: true });
  const { id: channel } = await channelOf(wilhelmine);
  await postFile(wilhelmine, channel, "marmoréen");
  await bring(wilhelmine, "zanzibarois.txt", Buffer.from("Un zanzibarois entier"));
  const half = await announced(wilhelmine, 1000, "ouagalais.txt");
  await patch(wilhelmine, half, 0, Buffer.from("Un ouagalais à moitié"));
  assert.notDeepEqual(filesWith(join(server.data, "files"), "ouagalai"), []);
  await administrator.ask("person.erase", { person: wilhelmine.id, messages: "keep" });
  await cleanUp(server);
  for (const word of ["zanzibar", "ouagalai", "wilhelmin"]) await gone(server, word);
  assert.notDeepEqual(filesWith(join(server.data, "files"), "marmor"), [], "the message's stays");
});

it("leaves nothing of the pages of a deleted message's PDF", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const { id: channel } = await channelOf(anne);
  const { key } = await bring(anne, "étude.pdf", pdf(["Sommaire", "Un pont zanzibarois"]));
  const sent = { channel, body: "", nonce: nonce(), files: [key] };
  const { id } = await anne.call("message.post", sent);
  const pages = () => value(server, "SELECT count(*) FROM blob_page");
  await until(() => pages() === 2, 20_000, "it is read");
  assert.notDeepEqual(filesWith(server.data, "zanzibar"), []);
  await anne.call("message.delete", { message: id });
  await cleanUp(server);
  await gone(server, "zanzibar");
  assert.equal(pages(), 0);
  await anne.close();
});

it("leaves no author of what an erased person gave to the library, and no draft of theirs", async (t) => {
  const server = await startServer(t);
  const host = await member(server, "Hôte", { role: "animateur" });
  const wilhelmine = await member(server, "Wilhelmine", { email: "wilhelmine@exemple.fr" });
  const administrator = await member(server, "Administratrice", { administrator: true });
  const { id: club } = await clubOf(host);
  const { key: file } = await bring(wilhelmine, "note.txt", Buffer.from("Un marmoréen\n"));
  await resourceAt("published", wilhelmine, host, club, { title: "Guide qui reste", file });
  const { key: drafted } = await bring(wilhelmine, "b.txt", Buffer.from("Un ouagalais\n"));
  const more = { title: "Brouillon zanzibarois", file: drafted, link: undefined };
  await draftResource(wilhelmine, club, more);
  assert.notDeepEqual(filesWith(server.data, "zanzibar"), []);
  await administrator.ask("person.erase", { person: wilhelmine.id, messages: "keep" });
  await cleanUp(server);
  for (const word of ["zanzibar", "ouagalai", "wilhelmin"]) await gone(server, word);
  assert.notDeepEqual(filesWith(server.data, "guide qui reste"), []);
  assert.notDeepEqual(filesWith(join(server.data, "files"), "marmor"), [], "its file stays");
  const named = "SELECT count(*) FROM resource WHERE created_by IS NOT NULL";
  assert.equal(value(server, named), 0);
});
