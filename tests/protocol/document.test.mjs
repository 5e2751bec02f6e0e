// Documents over HTTP: how a query's file is read by GET, and by whom. What calendars hold is in
// calendar.test.mjs.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { clubOf, member } from "../lib/cast.mjs";
import { Client } from "../lib/client.mjs";
import { announce, draft } from "../lib/events.mjs";
import { lifetime, startServer } from "../lib/server.mjs";

const PASSWORD = "quatre chevaux bleus trottent";

describe("documents", () => {
  const life = lifetime();
  const begun = (async () => {
    const server = await startServer(life);
    const host = await member(server, "Hôte", { role: "animateur" });
    const club = (await clubOf(host)).id;
    return { server, host, club, event: await announce(host, club) };
  })();
  const feedOf = async (client, params = { kind: "mine" }) => {
    const { id, url } = await client.ask("feed.create", params);
    return { id, path: new URL(url).pathname };
  };
  const get = (server, path, headers = {}) => server.fetch(path, { headers });

  it("gives a feed to who has its address, without a session", async () => {
    const { server, host, club } = await begun;
    const { path } = await feedOf(host, { kind: "club", club });
    assert.match(path, /^\/calendrier\/bff_[\w-]{43}\.ics$/);
    const answer = await get(server, path);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers["content-type"], "text/calendar; charset=utf-8");
    assert.equal(answer.headers["cache-control"], "private, no-cache");
    assert.equal(answer.headers["x-content-type-options"], "nosniff");
    assert.match(answer.headers["content-disposition"], /^attachment; filename="agenda\.ics"/);
    assert.match(answer.text, /^BEGIN:VCALENDAR\r\n/);
    assert.match(answer.text, /BEGIN:VEVENT\r\n/);
  });

  it("answers HEAD as GET, without the body", async () => {
    const { server, host, club } = await begun;
    const { path } = await feedOf(host, { kind: "club", club });
    const whole = await get(server, path);
    const head = await server.fetch(path, { method: "HEAD" });
    assert.equal(head.status, 200);
    assert.equal(head.text, "");
    assert.equal(head.headers["content-length"], String(Buffer.byteLength(whole.text)));
    assert.equal(head.headers.etag, whole.headers.etag);
  });

  it("finds no feed that was revoked, whose person is suspended, or that never was", async () => {
    const { server } = await begun;
    const lea = await member(server, "Léa");
    const root = await member(server, "Racine", { administrator: true });
    const kept = await feedOf(lea);
    const revoked = await feedOf(lea);
    await lea.ask("feed.revoke", { feed: revoked.id });
    assert.equal((await get(server, revoked.path)).status, 404);
    assert.equal((await get(server, kept.path)).status, 200);
    await root.ask("person.suspend", { person: lea.id });
    assert.equal((await get(server, kept.path)).status, 404);
    for (const path of [
      `/calendrier/bff_${"A".repeat(43)}.ics`,
      "/calendrier/x.ics",
      "/calendrier/.ics",
      "/calendrier/a/b.ics",
      "/calendrier/%FF.ics",
    ]) {
      const answer = await get(server, path);
      assert.equal(answer.status, 404, path);
      assert.equal(answer.headers["content-type"], "application/problem+json");
    }
  });

  it("gives an event as a file by cookie, without the Origin a link does not send", async () => {
    const { server, event } = await begun;
    const lea = await member(server, "Léa");
    await server.admin("user.password", { person: lea.id, password: PASSWORD });
    const browser = new Client(server);
    await browser.login(lea.email, PASSWORD);
    const { cookie } = browser.credential;
    const answer = await get(server, `/evenement/${event}.ics`, { cookie });
    assert.equal(answer.status, 200);
    assert.match(answer.headers["content-disposition"], /filename="evenement-\d+\.ics"/);
    const foreign = { cookie, origin: "https://ailleurs.example" };
    assert.equal((await get(server, `/evenement/${event}.ics`, foreign)).status, 403);
  });

  it("asks who is not logged in to log in, but for an event open to everybody", async () => {
    const { server, host, club, event } = await begun;
    const open = await announce(host, club, { is_public: true });
    assert.equal((await get(server, `/evenement/${event}.ics`)).status, 401);
    assert.equal((await get(server, "/evenement/999999.ics")).status, 401);
    assert.equal((await get(server, `/evenement/${open}.ics`)).status, 200);
  });

  it("gives sheets to who manages, under a name with accents", async () => {
    const { server, host, event } = await begun;
    const sheet = `/evenement/${event}/presents.csv`;
    const answer = await get(server, sheet, host.headers());
    assert.equal(answer.status, 200);
    assert.match(answer.headers["content-type"], /^text\/csv; charset=utf-8/);
    assert.match(answer.headers["content-disposition"], /; filename\*=UTF-8''[\w.%-]+\.csv$/);
    const lea = await member(server, "Léa");
    assert.equal((await get(server, sheet, lea.headers())).status, 403);
    assert.equal((await get(server, sheet)).status, 401);
  });

  it("finds no event that the person does not see", async () => {
    const { server, host, club } = await begun;
    const hidden = await draft(host, club);
    const elsewhere = await member(server, "Zoé", { departement: "974" });
    const lea = await member(server, "Léa");
    for (const [who, event] of [
      [lea, hidden],
      [elsewhere, (await begun).event],
      [lea, 999999],
    ]) {
      const answer = await get(server, `/evenement/${event}.ics`, who.headers());
      assert.equal(answer.status, 404);
    }
  });

  it("takes no other method, and no other address", async () => {
    const { server, event } = await begun;
    const posted = await server.fetch(`/evenement/${event}.ics`, { method: "POST", body: {} });
    assert.equal(posted.status, 405);
    assert.equal(posted.headers.allow, "GET, HEAD");
    for (const path of [
      "/evenement/abc.ics",
      "/evenement/-1.ics",
      "/evenement/1.ics/",
      "/agenda.atom/",
    ]) {
      assert.equal((await get(server, path)).status, 404, path);
    }
  });
});
