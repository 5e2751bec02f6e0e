// The library through the real server: the life of a fiche-projet, its editions and the links to them, the
// feeds of a shelf, and the letters that go with it.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { channelOf, clubOf, connected, member } from "../lib/cast.mjs";
import { nonce } from "../lib/client.mjs";
import { change } from "../lib/database.mjs";
import { draftResource, resourceAt, resourceIn } from "../lib/library.mjs";
import { mailServer, parseMail } from "../lib/mail.mjs";
import { lifetime, startServer } from "../lib/server.mjs";
import { bring } from "../lib/upload.mjs";
import { until } from "../lib/wait.mjs";

const TOWNS = "id_pvd;lib_com;insee_com;date_signature\npvd-01-010;Nantua;01269;2021-03-01\n";
const WEEK = 7 * 86_400_000;

const changed = (client, resource, state) =>
  client.fact(
    "resource.changed",
    (fact) => fact.resource.id === resource && fact.resource.state === state,
  );
const noticed = (client, resource, kind) =>
  client.fact(
    "notice.added",
    ({ notice }) => notice.resource?.id === resource && notice.kind === kind,
  );
const heardOf = (client, resource) =>
  client.facts.filter((fact) => (fact.resource?.id ?? fact.resource) === resource);

it("brings a fiche-projet from its proposal to a Wednesday", async (t) => {
  const smtp = await mailServer(t);
  const server = await startServer(t, { smtp_url: smtp.url, mail_from: "pvd@exemple.fr" });
  await server.admin("town.import", { csv: TOWNS, dry_run: false });
  const anct = await connected(server, "Agence", { role: "animateur", departement: null });
  const chef = await connected(server, "Chef", { role: "chef_de_projet", insee: "01269" });
  const zoe = await connected(server, "Zoé", { departement: "974" });
  const shelf = (await clubOf(anct, null)).id;
  const town = { kind: "town", code: "pvd-01-010" };
  const letter = (person, words) =>
    until(() =>
      smtp.mails
        .filter(({ to }) => to.includes(person.email))
        .map(({ text }) => parseMail(text).parts.find(({ type }) => type === "text/plain").text)
        .find((text) => text.includes(words)),
    );

  const { territories } = await chef.call("territory.find", { query: "nantua" });
  assert.ok(territories.some(({ kind, code }) => kind === "town" && code === town.code));
  const record = resourceIn({
    kind: "fiche_projet",
    title: "La halle de Nantua",
    territories: [town],
    fiche: { cost: 412_000, funders: [{ name: "DETR", amount: 120_000 }], lessons: "Associer." },
  });
  const { id: resource } = await chef.call("resource.create", {
    club: shelf,
    ...record,
    nonce: nonce(),
  });
  await anct.settle();
  assert.deepEqual(heardOf(anct, resource), []);

  await chef.call("resource.propose", { resource });
  assert.equal((await noticed(anct, resource, "proposed")).notice.resource.title, record.title);
  assert.match(await letter(anct, record.title), new RegExp(`/ressource/${resource}`));
  const review = await anct.call("resource.review", { club: shelf });
  assert.deepEqual(
    review.proposed.map((one) => [one.resource.id, one.name]),
    [[resource, "Chef"]],
  );
  const paris = { timeZone: "Europe/Paris", weekday: "long", hour: "2-digit" };
  for (const { at } of review.slots)
    assert.match(new Date(at).toLocaleString("fr-FR", paris), /^mercredi (à )?10/);

  await anct.call("resource.return", { resource, remark: "Précisez le calendrier." });
  assert.equal(
    (await noticed(chef, resource, "returned")).notice.detail,
    "Précisez le calendrier.",
  );
  await letter(chef, "Précisez le calendrier.");
  await chef.call("resource.update", {
    resource,
    ...record,
    fiche: { ...record.fiche, calendar: "2024 : étude. 2026 : ouverture." },
  });
  await chef.call("resource.propose", { resource });

  const { at } = review.slots[1];
  await anct.call("resource.publish", { resource, at });
  const planned = await anct.call("resource.review", { club: shelf });
  assert.deepEqual(
    planned.slots.map(({ resources }) => resources.map(({ id }) => id)).slice(0, 3),
    [[], [resource], []],
  );
  await assert.rejects(zoe.call("resource.get", { resource }), { status: 404 });

  await server.kill(); // the weeks go by while it is down
  change(
    server,
    `UPDATE resource SET publish_at = publish_at - ${2 * WEEK};
     UPDATE due SET at = at - ${2 * WEEK} WHERE command = 'resource.publish'`,
  );
  await server.start();
  await Promise.all([chef, zoe].map((one) => one.connect()));
  const seen = await until(async () => {
    const { resources } = await zoe.call("resource.list", { national: true });
    return resources.find(({ id }) => id === resource);
  });
  assert.equal(seen.fiche.calendar, "2024 : étude. 2026 : ouverture.");
  assert.equal(seen.remark, undefined);
  await letter(chef, "est publiée");
  const annonces = await channelOf(chef, "Annonces");
  const { messages } = await chef.call("message.list", { channel: annonces.id });
  assert.deepEqual(
    messages.map((message) => message.resource),
    [resource],
  );
});

describe("the library", () => {
  const life = lifetime();
  let server, anne, paul, zoe, club;

  before(async () => {
    server = await startServer(life);
    anne = await connected(server, "Anne", { role: "animateur" });
    paul = await connected(server, "Paul");
    zoe = await connected(server, "Zoé", { departement: "974", role: "animateur" });
    club = (await clubOf(anne)).id;
  });

  it("follows the edition in force, and keeps links to older ones", async () => {
    const resource = await resourceAt("published", paul, anne, club);
    const first = await changed(paul, resource, "published");
    assert.equal(first.resource.editions.length, 1);
    const { key } = await bring(anne, "Guide 2026.txt", Buffer.from("Tout est neuf."));
    await anne.call("edition.add", { resource, file: key, note: "Loi de 2026", nonce: nonce() });
    const next = await paul.fact(
      "resource.changed",
      (fact) => fact.resource.id === resource && fact.resource.edition === 2,
    );
    const [newest, oldest] = next.resource.editions;
    assert.deepEqual(
      [newest.number, newest.note, newest.file.name],
      [2, "Loi de 2026", "Guide 2026.txt"],
    );
    assert.deepEqual([oldest.number, oldest.link], [1, "https://exemple.fr/guide"]);
    const asked = { headers: paul.headers() };
    assert.equal((await server.fetch(`/fichier/${newest.file.key}`, asked)).text, "Tout est neuf.");
    const hidden = await server.fetch(`/fichier/${newest.file.key}`, { headers: zoe.headers() });
    assert.equal(hidden.status, 404);

    const general = (await channelOf(paul)).id;
    const body = `Voir ${server.url}/ressource/${resource}?edition=1`;
    const { id } = await paul.call("message.post", { channel: general, body, nonce: nonce() });
    const { message } = await anne.fact("message.posted", (fact) => fact.message.id === id);
    assert.deepEqual(message.nodes[0].c[1], { t: "resource", id: resource, edition: 1 });
  });

  it("says to nobody else where a resource was taken from", async () => {
    const { id: channel } = await anne.call("channel.create", {
      club,
      name: "Bureau",
      kind: "private",
      members: [anne.id],
    });
    const { id: message } = await anne.call("message.post", {
      channel,
      body: "Le tableau des loyers",
      nonce: nonce(),
    });
    const resource = await draftResource(anne, club, { source_message: message });
    await anne.call("resource.publish", { resource });
    assert.equal((await anne.call("resource.get", { resource })).source_message, message);
    const told = await changed(paul, resource, "published");
    const got = await paul.call("resource.get", { resource });
    const { resources } = await paul.call("resource.list", { club });
    for (const answer of [told, got, resources])
      assert.doesNotMatch(JSON.stringify(answer), /source_/);
  });

  it("takes what is withdrawn off the shelf and out of the announcements", async () => {
    const resource = await resourceAt("published", paul, anne, club);
    const card = await paul.fact("message.posted", (fact) => fact.message.resource === resource);
    await anne.call("resource.withdraw", { resource, remark: "Périmé" });
    await paul.fact("message.deleted", (fact) => fact.message.id === card.message.id);
    assert.equal((await noticed(paul, resource, "withdrawn")).notice.detail, "Périmé");
    await assert.rejects((await member(server, "Léa")).ask("resource.get", { resource }), {
      status: 404,
    });
  });

  it("has a public feed while all on the shelf is public, and a secret one", async () => {
    const there = (await clubOf(zoe, "974")).id;
    const path = `/bibliotheque/${there}.atom`;
    assert.equal((await server.fetch(path)).status, 404);
    await resourceAt("published", zoe, zoe, there, { title: "Un & deux", is_public: true });
    const open = await server.fetch(path);
    assert.equal(open.status, 200);
    assert.equal(open.headers["content-type"], "application/atom+xml; charset=utf-8");
    assert.equal(open.headers["cache-control"], "public, max-age=300");
    assert.match(open.text, /<title>Un &amp; deux<\/title>/);
    assert.match(
      open.text,
      /<link rel="alternate" type="text\/html" href="https:\/\/exemple.fr\/guide"/,
    );

    await resourceAt("published", zoe, zoe, there, { title: "Entre nous" });
    assert.equal((await server.fetch(path)).status, 404);
    const { id, url } = await zoe.call("feed.create", { kind: "shelf", club: there });
    const secret = new URL(url).pathname;
    assert.match(secret, /^\/bibliotheque\/secret\/bff_[\w-]{43}\.atom$/);
    const closed = await server.fetch(secret);
    assert.equal(closed.headers["cache-control"], "private, no-cache");
    assert.match(closed.text, /<title>Entre nous<\/title>/);
    await zoe.call("feed.revoke", { feed: id });
    assert.equal((await server.fetch(secret)).status, 404);
    assert.equal((await server.fetch("/bibliotheque/999999.atom")).status, 404);
  });

  it("opens the file of a public resource to everybody, and closes it with it", async () => {
    const there = (await clubOf(zoe, "974")).id;
    const { key } = await bring(zoe, "Plan.txt", Buffer.from("Le plan"));
    const { id: resource } = await zoe.call("resource.create", {
      club: there,
      ...resourceIn({ is_public: true }),
      file: key,
      nonce: nonce(),
    });
    assert.equal((await server.fetch(`/fichier/${key}`)).status, 404);
    await zoe.call("resource.publish", { resource });
    assert.equal((await server.fetch(`/fichier/${key}`)).text, "Le plan");
    await zoe.call("resource.withdraw", { resource });
    assert.equal((await server.fetch(`/fichier/${key}`)).status, 404);
  });
});
