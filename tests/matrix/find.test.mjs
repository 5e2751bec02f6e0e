// Law 5 in what is found: the same word in every place there is, and beside it a mark that nothing else
// holds. Each role is told the marks of what it can open by the object's own command, all of them and no
// other: in hits, in snippets, in titles; and the counts are those of its hits.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { nonce } from "../lib/client.mjs";
import { value } from "../lib/database.mjs";
import { announce, draft } from "../lib/events.mjs";
import { resourceAt } from "../lib/library.mjs";
import { lifetime, startServer } from "../lib/server.mjs";
import { bring } from "../lib/upload.mjs";
import { until } from "../lib/wait.mjs";
import { ROLES, World } from "./world.mjs";

const WORD = "trébuchet";
let last = 0;
const mark = () => `repère${++last}x`;
const textOf = (said) => `${WORD} ${said}`;

/** A thing that holds the mark, and the command that gives it: what opens it, tells it. */
const told = (where, said, command, params) => ({ where, said, command, params });

async function text(who) {
  const said = mark();
  const { key } = await bring(who, "note.txt", Buffer.from(`${textOf(said)}\n`));
  return { said, key };
}
const opened = (where, { said, key }) => told(where, said, "file.open", { key });

async function message(w, where, who, channel) {
  const said = mark();
  const id = await w.said(who, channel, { body: textOf(said) });
  return told(`message ${where}`, said, "message.get", { message: id });
}
async function attached(w, where, who, channel) {
  const file = await text(who);
  await w.said(who, channel, { body: "", files: [file.key] });
  return opened(`file of a message ${where}`, file);
}
const said = async (w, where, who, channel) => [
  await message(w, where, who, channel),
  await attached(w, where, who, channel),
];

async function archived(w) {
  const channel = await w.channel();
  const things = await said(w, "archived", w.author, channel);
  await w.host.ask("channel.archive", { channel, archived: true });
  return things;
}

async function deleted(w) {
  const things = await said(w, "deleted", w.author, w.open);
  const { messages } = await w.author.ask("message.list", { channel: w.open });
  const own = messages.map(({ id }) => id).sort((a, b) => b - a);
  for (const id of own.slice(0, 2)) await w.author.ask("message.delete", { message: id });
  return things;
}

async function event(where, host, club, make, more) {
  const [title, document] = [mark(), await text(host)];
  const documents = [{ label: "Programme", file: document.key }];
  const id = await make(host, club, { title: textOf(title), ...more });
  await make(host, club, { title: "Sans le mot", documents, ...more });
  return [
    told(`event ${where}`, title, "event.get", { event: id }),
    opened(`document of an event ${where}`, document),
  ];
}

async function resource(where, state, author, keeper, club, more) {
  const [title, file] = [mark(), await text(author)];
  const asked = { themes: [1], ...more };
  const id = await resourceAt(state, author, keeper, club, { title: textOf(title), ...asked });
  await resourceAt(state, author, keeper, club, { file: file.key, ...asked });
  return [
    told(`resource ${where}`, title, "resource.get", { resource: id }),
    opened(`file of a resource ${where}`, file),
  ];
}

/** Whoever sees the resource opens both editions, and finds the one in force alone. */
async function editions(w) {
  const [first, second, unplaced] = [
    await text(w.author),
    await text(w.host),
    await text(w.author),
  ];
  const more = { file: first.key };
  const id = await resourceAt("published", w.author, w.host, w.club, more);
  await w.host.ask("edition.add", { resource: id, file: second.key, nonce: nonce() });
  return [
    { ...opened("older edition", first), unfound: true },
    opened("edition in force", second),
    opened("in no place", unplaced),
  ];
}

async function person(w, where, departement, shows) {
  const said = mark();
  const who = await w.newcomer({ departement });
  await who.ask("profile.set", { offer: textOf(said), themes: [1], shows });
  return [told(`offer ${where}`, said, "profile.get", { person: who.id })];
}

const network = { scope: "network", clubs: undefined };
async function everything(w) {
  const { author, authorElsewhere, host, hostElsewhere, hostOfAll, club, clubElsewhere } = w;
  const things = [
    await said(w, "open", author, w.open),
    await said(w, "guest", author, w.habitat),
    await said(w, "private", host, w.private),
    await said(w, "elsewhere", authorElsewhere, w.elsewhere),
    await said(w, "direct", host, w.direct),
    await archived(w),
    await deleted(w),
    await event("own", host, club, announce),
    await event("draft", host, club, draft),
    await event("elsewhere", hostElsewhere, clubElsewhere, announce),
    await event("network", hostOfAll, w.clubOfAll, announce, network),
    await editions(w),
    await person(w, "shown", "01", ["offer"]),
    await person(w, "hidden", "01", ["themes"]),
    await person(w, "elsewhere", "974", ["offer", "themes"]),
  ];
  for (const state of ["draft", "proposed", "published", "withdrawn"])
    things.push(await resource(state, state, author, host, club));
  const away = [authorElsewhere, hostElsewhere, clubElsewhere];
  things.push(await resource("elsewhere", "published", ...away));
  things.push(await resource("public", "published", ...away, { is_public: true }));
  things.push(await resource("national", "published", author, hostOfAll, w.clubOfAll));
  return things.flat();
}

/** What one person alone has been let into. */
async function alone(w, who) {
  const [chosen, direct] = [await w.chosen(who), await w.directWith(who)];
  return [
    ...(chosen ? await said(w, `chosen by ${who.role}`, w.host, chosen) : []),
    ...(direct ? await said(w, `direct of ${who.role}`, w.author, direct) : []),
  ];
}

/** Every page of it. */
async function find(who, more) {
  const pages = [];
  for (let cursor; ; ) {
    const asked = { query: WORD, limit: 7, ...more, ...(cursor && { cursor }) };
    const page = await who.ask("search.find", asked);
    pages.push(page);
    cursor = page.next;
    if (!cursor) return pages;
  }
}

const KINDS = {
  message: ({ message }) => ["message.get", { message: message.id }],
  event: ({ event }) => ["event.get", { event }],
  resource: ({ resource }) => ["resource.get", { resource }],
  person: ({ person }) => ["profile.get", { person }],
};

function tally(values) {
  const counts = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
const counted = (facet) => Object.fromEntries(facet.map(({ value, count }) => [value, count]));

describe("what is found", () => {
  const life = lifetime();
  let world, people, things;

  before(async () => {
    world = await World.create(await startServer(life));
    people = await world.cast();
    things = await everything(world);
    for (const role of ROLES) things.push(...(await alone(world, people[role])));
    await until(() => !value(world.server, "SELECT count(*) FROM blob WHERE text = 'waiting'"));
  });

  for (const role of ROLES) {
    it(`${role}: what they can open, all of it and nothing else`, async () => {
      const who = people[role];
      const first = await who.post("search.find", { query: WORD });
      assert.ok((world.isIn(who) ? [200] : [401, 403]).includes(first.status), `${first.status}`);
      const text = world.isIn(who) ? JSON.stringify(await find(who)) : first.text;
      for (const { where, said, command, params, unfound } of things) {
        const answer = await who.post(command, params);
        const opens = command === "file.open" || answer.text.includes(said);
        const isSeen = answer.status === 200 && opens && !unfound;
        const isTold = new RegExp(`${said}\\b`).test(text);
        assert.equal(isTold, world.isIn(who) && isSeen, where);
      }
    });

    it(`${role}: each hit is opened by its own command, and is counted`, async () => {
      const who = people[role];
      if (!world.isIn(who)) return;
      const [page, ...others] = await find(who);
      const hits = [page, ...others].flatMap((one) => one.hits);
      const opened = await Promise.all(hits.map((hit) => who.ask(...KINDS[hit.kind](hit))));
      for (const { file } of hits) if (file) await who.ask("file.open", { key: file.key });
      const themes = opened.flatMap(
        (one) => (one.event ?? one.resource ?? one.profile)?.themes ?? [],
      );
      const { counts, cut } = page;
      assert.equal(cut, false);
      assert.deepEqual(counted(counts.kinds), tally(hits.map(({ kind }) => kind)));
      assert.deepEqual(counted(counts.clubs), tally(hits.flatMap(({ club }) => club ?? [])));
      assert.deepEqual(counted(counts.themes), tally(themes));
      const types = hits.flatMap(({ kind, type }) => (kind === "resource" ? type : []));
      assert.deepEqual(counted(counts.types), tally(types));
      for (const { counts: again } of others) assert.deepEqual(again, counts);
    });

    it(`${role}: a filter leaves no more than its count`, async () => {
      const who = people[role];
      if (!world.isIn(who)) return;
      const [{ counts }] = await find(who);
      for (const { value: kind, count } of counts.kinds) {
        const hits = (await find(who, { kinds: [kind] })).flatMap((one) => one.hits);
        assert.equal(hits.length, count, kind);
      }
      for (const { value: club, count } of counts.clubs) {
        const { status, json } = await who.post("search.find", {
          query: WORD,
          club: Number(club),
          limit: 100,
        });
        if (status !== 404) assert.equal(json.hits.length, count, `Club ${club}`);
      }
    });
  }
});
