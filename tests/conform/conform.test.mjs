// The tables of this folder, each row a test, against one server under the sanitizers. Rows run beside
// each other, since each has a connection of its own. LONG=1: over TLS and behind nginx as well.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import { member } from "../lib/cast.mjs";
import { lifetime } from "../lib/server.mjs";
import deviations from "./deviations.mjs";
import { playHttp, playSocket } from "./driver.mjs";
import httpBody from "./http_body.rows.mjs";
import httpFields from "./http_fields.rows.mjs";
import httpLine from "./http_line.rows.mjs";
import httpUpgrade from "./http_upgrade.rows.mjs";
import nginx from "./nginx.rows.mjs";
import { serveDirect, serveNginx, serveTls } from "./places.mjs";
import { httpFault, socketFault } from "./verdict.mjs";
import { head } from "./wire.mjs";
import wsClose from "./ws_close.rows.mjs";
import wsFrames from "./ws_frames.rows.mjs";
import wsText from "./ws_text.rows.mjs";

const PEOPLE = 8; // so that nobody reaches the limit of sockets of one person
const BESIDE = 12;

const http = [...httpLine, ...httpFields, ...httpBody, ...httpUpgrade];
const sockets = [...wsFrames, ...wsText, ...wsClose];
const deviating = new Map(
  Object.values(deviations).flatMap((rows) => rows.map(({ name, shows }) => [name, shows])),
);

function command(host, token, name, params) {
  const body = JSON.stringify(params);
  const fields = [`Host: ${host}`, `Authorization: Bearer ${token}`];
  fields.push("Content-Type: application/json", `Content-Length: ${body.length}`);
  return head(`POST /api/v1/${name} HTTP/1.1`, ...fields) + body;
}

/** A whole request that would do something; `mark` tells the row that hides it. */
const stowaway = ({ host, token, channel, mark }) =>
  command(host, token, "message.post", { channel, body: `${mark}.`, nonce: mark });

/** The result of a command, by the way that the rows take. */
async function ask(place, { credential }, name, params = {}) {
  const send = command(new URL(place.url).host, credential.token, name, params);
  const { got } = await playHttp(place, { send, quiet: true });
  return JSON.parse(Buffer.from(got.slice(got.indexOf("\r\n\r\n") + 4), "latin1").toString());
}

/** A server as people reach it, with people who may and a channel that nothing hidden may get into. */
async function furnish(life, serve) {
  const place = await serve(life);
  const names = Array.from({ length: PEOPLE }, (_, i) => `Anne ${i}`);
  const people = await Promise.all(names.map((name) => member(place.server, name)));
  const [club] = (await ask(place, people[0], "club.list")).clubs.filter((one) => one.departement);
  const { channels } = await ask(place, people[0], "channel.list", { club: club.id });
  const channel = channels.find(({ name }) => name === "Général").id;
  const { host, origin, protocol } = new URL(place.url);
  const cookieName = protocol === "https:" ? "__Host-beffroi" : "beffroi";
  /** Puts host, token and the like where a row names them. */
  const filler = (number) => {
    const { token } = people[Number(number) % PEOPLE || 0].credential;
    const hidden = stowaway({ host, token, channel, mark: markOf(number) });
    const values = { host, origin, token, cookieName, hidden, hiddenBytes: hidden.length };
    const one = (text) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
    return (send) => (Array.isArray(send) ? send.map(one) : one(send));
  };
  return { ...place, people, channel, filler };
}

const markOf = (number) => `hidden-request-${number}`;

/** What must come back of a row here: as the RFC says, as this proxy answers, or as the library shows. */
function wantOf(row, proxied) {
  if (proxied && nginx.has(row.name)) {
    const told = nginx.get(row.name);
    return told.either ?? [told];
  }
  if (proxied) return row.want;
  return deviating.get(row.name) ?? row.want;
}

async function holds(row, want, fault) {
  const wrong = await fault(want);
  assert.equal(wrong, undefined);
  const forgiven = want !== row.want && deviating.get(row.name) === want;
  if (forgiven && !(await fault(row.want, true))) {
    assert.fail("this is as the RFC says now: take the row off deviations.mjs and ADR 0014");
  }
}

function playRows(place, proxied) {
  for (const [number, row] of http.entries()) {
    it(`${row.rfc}: ${row.name}`, async () => {
      const want = wantOf(row, proxied);
      const quiet = proxied || row.quiet || [want].flat(2).includes(101);
      const fill = place.now.filler(number);
      const played = await playHttp(place.now, { ...row, send: fill(row.send), quiet });
      await holds(row, want, (wanted) => httpFault(row, wanted, played));
    });
  }
  for (const [number, row] of sockets.entries()) {
    it(`${row.rfc}: ${row.name}`, async () => {
      const want = deviating.get(row.name) ?? row.want;
      const fill = place.now.filler(number);
      const told = await playSocket(place.now, { send: fill(row.send), want }, fill);
      await holds(row, want, (wanted) => socketFault(wanted, told));
    });
  }
}

async function posted(place) {
  const { people, channel } = place;
  return JSON.stringify(await ask(place, people[0], "message.list", { channel, limit: 100 }));
}

function play(title, serve, { proxied = false } = {}) {
  describe(title, () => {
    const life = lifetime();
    const place = {};
    before(async () => {
      place.now = await furnish(life, serve);
    });
    describe("each row", { concurrency: BESIDE }, () => playRows(place, proxied));

    it("answered no request that a row hides in a body", async () => {
      const texts = await posted(place.now);
      for (const [number, row] of http.entries()) {
        const second = proxied && Array.isArray(nginx.get(row.name)); // a request of its own there
        const found = texts.includes(`${markOf(number)}.`);
        assert.ok(second || !found, `the request hidden in "${row.name}" was answered`);
      }
    });
    it("would have posted what they hide", async () => {
      const fill = place.now.filler("control");
      await playHttp(place.now, { send: fill("{hidden}"), quiet: proxied });
      assert.ok((await posted(place.now)).includes(`${markOf("control")}.`));
    });
  });
}

play("direct", serveDirect);
if (process.env.LONG) {
  play("over TLS", serveTls);
  play("behind nginx", serveNginx, { proxied: true });
}

it("has each kind of deviation in ADR 14, with its consequence", () => {
  const adr = new URL("../../docs/adr/0014-http-and-websocket.md", import.meta.url);
  const text = readFileSync(adr, "utf8");
  for (const kind of Object.keys(deviations)) assert.ok(text.includes(`**${kind}**`), kind);
  const names = new Set([...http, ...sockets].map(({ name }) => name));
  for (const name of [...deviating.keys(), ...nginx.keys()]) assert.ok(names.has(name), name);
});

it("has rows of different names, 250 at least", () => {
  const all = [...http, ...sockets].map(({ name }) => name);
  assert.equal(new Set(all).size, all.length);
  assert.ok(all.length >= 250);
});
