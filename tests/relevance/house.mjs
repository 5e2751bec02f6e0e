// A house that holds the corpus, filled as people would: by commands, and files that are brought and read.
import { existsSync, readFileSync } from "node:fs";
import { clubOf, member } from "../lib/cast.mjs";
import { nonce } from "../lib/client.mjs";
import { value } from "../lib/database.mjs";
import { eventIn } from "../lib/events.mjs";
import { pdf } from "../lib/pdf.mjs";
import { startServer } from "../lib/server.mjs";
import { until } from "../lib/wait.mjs";

const HERE = new URL(".", import.meta.url);
const PROJECTS = new URL("../../../shared/data/projets/fonds_vert_2023_communes_pvd.csv", HERE);
const DISTRACTORS = 150;

/** The lines of a file of ours, as lists of fields. */
export const records = (name) =>
  readFileSync(new URL(name, HERE), "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => line.split(" | ").map((field) => field.trim()));

const CHANNELS = { Commerce: "Commerce et artisanat", Nature: "Vivre avec la nature" };
const given = (text) => (text === "-" || !text ? undefined : text);

/** The server, who asks, and what each key of the corpus became: {key: "resource:12"}. */
export async function furnish(t) {
  const server = await startServer(t);
  const house = { server, found: new Map(), people: new Map(), pages: new Map() };
  const all = records("corpus.txt");
  const of = (kind) => all.filter(([first]) => first === kind).map((fields) => fields.slice(1));
  for (const [key, text] of of("page")) {
    house.pages.set(key, [...(house.pages.get(key) ?? []), text]);
  }
  await bringTowns(house, of("commune"));
  await bringPeople(house, of("person"));
  await say(house, of("message"));
  await announceAll(house, of("event"));
  await shelve(house, of("resource"), new Map(of("fiche").map(([key, ...rest]) => [key, rest])));
  await distract(house);
  await until(
    () => value(server, "SELECT count(*) FROM blob WHERE text = 'waiting'") === 0,
    60_000,
  );
  return house;
}

async function bringTowns({ server, found }, communes) {
  const rows = communes.map(
    ([insee, name, key, epci], i) => `${key};${name};${insee};${200000000 + i};${epci}`,
  );
  const csv = `id_pvd;lib_com;insee_com;siren_epci;lib_epci\n${rows.join("\n")}\n`;
  await server.admin("town.import", { csv });
  for (const [insee, , key] of communes) {
    found.set(
      `t:${key}`,
      `town:${value(server, `SELECT town FROM commune WHERE insee = '${insee}'`)}`,
    );
  }
}

async function bringPeople(house, people) {
  const { server, found } = house;
  house.host = await member(server, "Hôte Ain", { role: "animateur" });
  house.national = await member(server, "Hôte national", { role: "animateur", departement: null });
  house.asker = await member(server, "Demandeuse", { role: "chef_de_projet", insee: "01457" });
  house.club = (await clubOf(house.asker)).id;
  house.nation = (await clubOf(house.asker, null)).id;
  const { themes } = await house.asker.ask("theme.list");
  house.themes = new Map(themes.map(({ id, name }) => [name, id]));
  for (const [key, name, role, where, body, theme, offer] of people) {
    const town = /^\d{5}$/.test(where);
    const departement = town ? departementOf(where) : where === "-" ? null : where;
    const person = await member(server, name, {
      role,
      departement,
      ...(role === "chef_de_projet" && { insee: where }),
      organisation: given(body),
    });
    person.ofAin = departement === "01";
    const theThemes = given(theme) ? [house.themes.get(theme)] : [];
    await person.ask("profile.set", { offer, themes: theThemes, shows: ["offer", "themes"] });
    house.people.set(key, person);
    found.set(key, `person:${person.id}`);
  }
}

const departementOf = (insee) => insee.slice(0, insee.startsWith("97") ? 3 : 2);

async function channelId(house, person, name) {
  const national = name === "National" || !person.ofAin;
  const club = national ? house.nation : house.club;
  house.channels ??= new Map();
  if (!house.channels.has(club)) {
    const reader = national ? house.national : house.host;
    house.channels.set(club, (await reader.ask("channel.list", { club })).channels);
  }
  const wanted = CHANNELS[name] ?? (name === "National" ? "Général" : name);
  return house.channels.get(club).find((channel) => channel.name === wanted).id;
}

async function say(house, messages) {
  for (const [key, channel, author, body] of messages) {
    const person = house.people.get(author);
    const files = house.pages.has(key)
      ? [await bring(person, `${key.slice(2)}.pdf`, house.pages.get(key))]
      : undefined;
    const asked = { channel: await channelId(house, person, channel), body, nonce: nonce() };
    const { id } = await person.ask("message.post", { ...asked, ...(files && { files }) });
    house.found.set(key, `message:${id}`);
  }
}

async function announceAll(house, events) {
  for (const [i, [key, kind, theme, title, description, commune]] of events.entries()) {
    const themes = given(theme) ? [house.themes.get(theme)] : [];
    const about = { kind, title, description, themes, days: 20 + i, ...(commune && { commune }) };
    const event = {
      club: house.nation,
      ...eventIn(house.nation, about),
      scope: "network",
      clubs: undefined,
    };
    const { id } = await house.national.ask("event.create", { ...event, nonce: nonce() });
    await house.national.ask("event.publish", { event: id });
    house.found.set(key, `event:${id}`);
  }
}

async function shelve(house, resources, fiches) {
  for (const [key, kind, theme, where, body, title, summary] of resources) {
    const asked = {
      kind,
      title,
      summary,
      organisation: given(body),
      themes: given(theme) ? [house.themes.get(theme)] : [],
      territories: given(where)
        ? [{ kind: where.length === 5 ? "commune" : "departement", code: where }]
        : [],
    };
    const [funders, partners, lessons] = fiches.get(key) ?? [];
    const fiche = {
      ...(funders && { funders: funders.split(", ").map((name) => ({ name })), partners, lessons }),
    };
    if (kind === "fiche_projet") asked.fiche = fiche;
    house.found.set(key, `resource:${await publish(house, asked, house.pages.get(key), key)}`);
  }
}

async function publish(house, asked, pages, key) {
  const content = pages
    ? { file: await bring(house.national, `${key.slice(2)}.pdf`, pages) }
    : { link: `https://exemple.fr/${key.slice(2)}` };
  const { id } = await house.national.ask("resource.create", {
    club: house.nation,
    licence: "lo_2_0",
    ...asked,
    ...content,
    nonce: nonce(),
  });
  await house.national.ask("resource.publish", { resource: id });
  return id;
}

/** Real projects, where they are at hand: more to choose among, never a right answer. */
async function distract(house) {
  if (!existsSync(PROJECTS)) return;
  const lines = readFileSync(PROJECTS, "utf8").split("\n").slice(1);
  const rows = lines.map((line) =>
    line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map((f) => f.replace(/^"|",?$|,$/g, "")),
  );
  const step = Math.max(1, Math.floor(rows.length / DISTRACTORS));
  for (let i = 0; i < rows.length; i += step) {
    const [, commune, , , demarche, projet, beneficiaire] = rows[i] ?? [];
    if (!projet) continue;
    const asked = {
      kind: "fiche_projet",
      title: `${commune} : ${projet}`.slice(0, 200),
      summary: `${demarche}. ${beneficiaire}`,
      fiche: {},
    };
    await publish(house, asked, undefined, `x:projet-${i}`);
  }
}

/** A PDF with these pages, brought by a person; its key. */
async function bring(client, name, pages) {
  const data = pdf(pages);
  const tus = { ...client.headers(), "tus-resumable": "1.0.0" };
  const announced = await client.server.fetch("/fichiers", {
    method: "POST",
    headers: {
      ...tus,
      "upload-length": String(data.length),
      "upload-metadata": `filename ${Buffer.from(name).toString("base64")}`,
    },
  });
  const path = announced.headers.location;
  const brought = await client.server.fetch(path, {
    method: "PATCH",
    headers: { ...tus, "upload-offset": "0", "content-type": "application/offset+octet-stream" },
    body: data,
  });
  if (brought.status !== 204)
    throw new Error(`${name}: ${announced.status} ${brought.status} ${brought.text}`);
  return path.split("/").pop();
}
