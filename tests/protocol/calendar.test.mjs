// Calendars over HTTP: secret feeds, one event's file, the public Atom feed. Who may read what, for how
// long it may be kept, and that each reads well.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { calendarOf } from "../lib/calendar.mjs";
import { clubOf, member } from "../lib/cast.mjs";
import { announce, DAY, draft, eventIn, HOUR, register } from "../lib/events.mjs";
import { lifetime, startServer } from "../lib/server.mjs";

const pathOf = (url) => new URL(url).pathname;
const LINK = "https://visio.numerique.gouv.fr/abc-defg-hij";

/** When the clocks of a zone change in the year that begins in a month, by Node's own rules. */
function changesOfHour(timeZone) {
  const clock = new Intl.DateTimeFormat("fr", { timeZone, timeZoneName: "longOffset" });
  const offset = (at) => clock.formatToParts(at).find(({ type }) => type === "timeZoneName").value;
  const first = Math.ceil((Date.now() + 30 * DAY) / HOUR) * HOUR;
  const hours = Array.from({ length: 365 * 24 }, (_, i) => first + i * HOUR);
  return hours.filter((at) => offset(at) !== offset(at - HOUR));
}

describe("calendars", () => {
  const life = lifetime();
  let server, anne, paul, zoe, anct, club, national;

  before(async () => {
    server = await startServer(life);
    anne = await member(server, "Anne", { role: "animateur" });
    paul = await member(server, "Paul");
    zoe = await member(server, "Zoé", { departement: "974" });
    anct = await member(server, "Agence", { role: "animateur", departement: null });
    club = (await clubOf(anne)).id;
    national = (await clubOf(anct, null)).id;
  });
  const get = (path, client, headers = {}) =>
    server.fetch(path, { headers: { ...client?.headers(), ...headers } });
  const feedOf = async (client, params = { kind: "mine" }) =>
    pathOf((await client.ask("feed.create", params)).url);
  const uids = (answer) => calendarOf(answer.text).events.map(({ uid }) => uid);
  const titles = (answer) => calendarOf(answer.text).events.map(({ summary }) => summary);

  it("feed whoever holds the address, until it is revoked", async () => {
    const event = await announce(anne, club, { title: "Aux Lices" });
    await register(paul, event);
    const { id, url } = await paul.ask("feed.create", { kind: "mine" });
    const answer = await get(pathOf(url));
    assert.equal(answer.status, 200);
    assert.match(answer.headers["content-type"], /^text\/calendar; charset=utf-8/i);
    assert.ok(titles(answer).includes("Aux Lices"));
    await assert.rejects(anne.ask("feed.revoke", { feed: id }), { status: 404 });
    await paul.ask("feed.revoke", { feed: id });
    assert.equal((await get(pathOf(url))).status, 404);
  });

  it("show their address once, and keep only what it is recognised by", async () => {
    const path = await feedOf(paul);
    const { feeds } = await paul.ask("feed.list");
    const secret = path.split("/").at(-1).replace(".ics", "");
    assert.ok(!JSON.stringify(feeds).includes(secret));
    assert.equal((await get("/calendrier/ceci-n-est-pas-un-calendrier-000.ics")).status, 404);
  });

  it("are answered by 304 until something changes", async () => {
    const event = await announce(anne, club, { title: "Avant" });
    await register(paul, event);
    const path = await feedOf(paul);
    const first = await get(path);
    const same = await get(path, undefined, { "if-none-match": first.headers.etag });
    assert.deepEqual([same.status, same.text], [304, ""]);
    const { starts_at } = (await anne.ask("event.get", { event })).event;
    await anne.ask("event.update", { event, ...eventIn(club, { starts_at, title: "Après" }) });
    const next = await get(path, undefined, { "if-none-match": first.headers.etag });
    assert.equal(next.status, 200);
    assert.ok(titles(next).includes("Après") && !titles(next).includes("Avant"));
    assert.deepEqual(uids(next), uids(first));
  });

  it("of a Club hold what its member sees, and nothing once they have left", async () => {
    const eve = await member(server, "Ève");
    const path = await feedOf(eve, { kind: "club", club });
    const shown = await announce(anne, club, { title: "Annoncée" });
    await draft(anne, club, { title: "En brouillon" });
    assert.ok(titles(await get(path)).includes("Annoncée"));
    assert.ok(!titles(await get(path)).includes("En brouillon"));
    await assert.rejects(zoe.ask("feed.create", { kind: "club", club }), { status: 404 });
    const { members } = await anne.ask("member.list", { club, query: "Ève" });
    await anne.ask("membership.end", { membership: members[0].memberships[0].id });
    const after = await get(path);
    assert.ok(
      after.status === 404 || !titles(after).includes("Annoncée"),
      `${shown} is still told`,
    );
  });

  it("of a person who is erased are gone", async () => {
    const tom = await member(server, "Tom");
    const path = await feedOf(tom);
    assert.equal((await get(path)).status, 200);
    await server.admin("person.erase", { person: tom.id, messages: "keep" });
    assert.equal((await get(path)).status, 404);
  });

  it("hide a meeting link from who is not registered", async () => {
    const event = await announce(anne, club, { link: LINK, link_shown: "registered" });
    await register(paul, event);
    const eve = await member(server, "Ève");
    assert.ok((await get(await feedOf(paul))).text.replace(/\r\n /g, "").includes(LINK));
    const club_feed = await get(await feedOf(eve, { kind: "club", club }));
    assert.ok(!club_feed.text.replace(/\r\n /g, "").includes(LINK));
    assert.ok(
      (await get(`/evenement/${event}.ics`, paul)).text.replace(/\r\n /g, "").includes(LINK),
    );
    assert.ok(
      !(await get(`/evenement/${event}.ics`, eve)).text.replace(/\r\n /g, "").includes(LINK),
    );
  });

  it("say that an event was cancelled, under the same identity", async () => {
    const event = await announce(anne, club);
    await register(paul, event);
    const path = `/evenement/${event}.ics`;
    const [before] = calendarOf((await get(path, paul)).text).events;
    await anne.ask("event.cancel", { event, reason: "Alerte orange" });
    const [after] = calendarOf((await get(path, paul)).text).events;
    assert.deepEqual([before.status, after.status], ["CONFIRMED", "CANCELLED"]);
    assert.equal(after.uid, before.uid);
    assert.ok(after.sequence > before.sequence);
  });

  it("of one event are for who sees it, and for everybody where it is public", async () => {
    const own = `/evenement/${await announce(anne, club)}.ics`;
    assert.equal((await get(own, paul)).status, 200);
    assert.equal((await get(own, zoe)).status, 404);
    assert.ok([401, 404].includes((await get(own)).status));
    const wide = { scope: "network", clubs: undefined, is_public: true };
    const open = `/evenement/${await announce(anct, national, wide)}.ics`;
    const answer = await get(open);
    assert.equal(answer.status, 200);
    assert.match(answer.headers["content-disposition"], /\.ics/);
  });

  it("keep their hours in every zone, before, at and after both changes of hour", async () => {
    const described = (await server.fetch("/api/openapi.json")).json;
    const zones = described.components.schemas.Zone.enum;
    assert.ok(zones.length >= 15 && changesOfHour("Europe/Paris").length === 2);
    for (const zone of zones) {
      const changes = changesOfHour(zone);
      const begins = changes.flatMap((at) => [at - 0.75 * HOUR, at, at + 2 * HOUR]);
      for (const starts_at of begins.length ? begins : [undefined]) {
        const event = await announce(anne, club, { zone, ...(starts_at && { starts_at }) });
        const about = (await anne.ask("event.get", { event })).event;
        const [read] = calendarOf((await get(`/evenement/${event}.ics`, paul)).text).events;
        assert.deepEqual([read.starts_at, read.ends_at], [about.starts_at, about.ends_at], zone);
        const isNear = changes.some((at) => Math.abs(about.starts_at - at) <= HOUR);
        assert.ok(read.zone === zone || isNear, `${zone} is told in ${read.zone}`);
      }
    }
  });

  it("carry any text whole", async () => {
    const title = `Ligne ; virgule , barre \\ deux-points : « é » ${"très ".repeat(20)}longue 🎪`;
    const event = await announce(anne, club, {
      title,
      description: "Un\n\n- deux ; trois, quatre",
    });
    const answer = await get(`/evenement/${event}.ics`, paul);
    const [read] = calendarOf(answer.text).events;
    assert.equal(read.summary, title);
    assert.match(read.description, /deux ; trois, quatre/);
    const lines = answer.text.split("\r\n");
    const longest = Math.max(...lines.map((line) => Buffer.byteLength(line)));
    assert.ok(longest <= 75, `a line of ${longest} octets`);
    assert.ok(!/[^\r]\n/.test(answer.text), "a line does not end in CRLF");
  });

  it("in Atom hold public events alone, for whoever asks", async () => {
    const wide = { scope: "network", clubs: undefined };
    await announce(anct, national, {
      ...wide,
      is_public: true,
      title: "Ouverte à <tous> & chacun",
    });
    await announce(anct, national, { ...wide, title: "Entre nous" });
    await draft(anct, national, { ...wide, is_public: true, title: "Pas encore" });
    const answer = await get("/agenda.atom");
    assert.equal(answer.status, 200);
    assert.match(answer.headers["content-type"], /^application\/atom\+xml/);
    assert.match(answer.headers["cache-control"], /max-age=300/);
    assert.match(answer.text, /Ouverte à &lt;tous&gt; &amp; chacun/);
    assert.doesNotMatch(answer.text, /Entre nous|Pas encore/);
    const again = await get("/agenda.atom", undefined, { "if-none-match": answer.headers.etag });
    assert.equal(again.status, 304);
  });

  it("are at most twenty a person", async () => {
    const max = await member(server, "Max");
    for (let i = 0; i < 20; i++) await feedOf(max);
    await assert.rejects(feedOf(max), { status: 409 });
  });
});
