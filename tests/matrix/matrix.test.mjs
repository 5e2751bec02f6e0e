// Every command, every role, on own, others', private and deleted objects, against expected.txt.
//
// A cell is "ok", or the HTTP status of the refusal: 401 log in, 403 seen but not allowed, 404 not to be
// seen, 409 not as things stand, 410 a link that does not serve. "-": there is no such situation.
// Rights changed on purpose? UPDATE=1 writes the table anew, to be read line by line.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import { cli, lifetime, startServer } from "../lib/server.mjs";
import { cases } from "./cases.mjs";
import { ROLES, World } from "./world.mjs";

const TABLE = new URL("expected.txt", import.meta.url);
const WIDTHS = ROLES.map((role) => Math.max(role.length, 3) + 1);

/** Every command there is: the name of pin_set is "pin.set". */
function commands() {
  const list = readFileSync("server/club/commands.def", "utf8");
  return [...list.matchAll(/^COMMAND\((\w+)\)/gm)].map(([, id]) => id.replace("_", "."));
}

function readTable() {
  const rows = new Map();
  for (const line of readFileSync(TABLE, "utf8").split("\n")) {
    const [command, object, ...cells] = line.trim().split(/\s+/);
    if (!cells.length || command.startsWith("#")) continue;
    rows.set(`${command} ${object}`, cells.join(" "));
  }
  return rows;
}

const line = (command, object, cells) =>
  `${command.padEnd(22)}${object.padEnd(12)}${cells.map((cell, i) => cell.padEnd(WIDTHS[i])).join("")}`.trimEnd();

async function onlyBySocket() {
  const { paths } = JSON.parse((await cli(["describe", "openapi"])).stdout);
  const { channels } = JSON.parse((await cli(["describe", "asyncapi"])).stdout);
  const told = new Set(Object.values(channels).flatMap(({ messages }) => Object.keys(messages)));
  return (name) => !paths[`/api/v1/${name}`] && told.has(`${name}.request`);
}

async function bySocket(who, command, params) {
  try {
    if (!who.socket) await who.connect();
  } catch (error) {
    if (error.lost) return "401"; // the upgrade was refused, or closed with 4401
    throw error;
  }
  return who.call(command, params).then(
    () => "ok",
    (error) => String(error.status),
  );
}

async function byHttp(who, command, params) {
  const { status } = await who.post(command, params);
  return status === 200 ? "ok" : String(status);
}

async function play(world, command, object, isSocket) {
  const people = await world.cast();
  const call = isSocket ? bySocket : byHttp;
  return Promise.all(
    ROLES.map(async (role) => {
      const who = people[role];
      const params = await cases[command][object](world, who);
      const cell = params ? await call(who, command, params) : "-";
      await who.drop();
      return cell;
    }),
  );
}

describe("the authorisation matrix", { concurrency: 4 }, () => {
  const life = lifetime();
  const expected = process.env.UPDATE ? new Map() : readTable();
  const played = [];
  let world, socketOnly;

  const begin = async () => World.create(await startServer(life));
  async function roomyWorld() {
    if ((await world).isFull()) world = begin();
    return world;
  }

  before(async () => {
    world = begin();
    socketOnly = await onlyBySocket();
  });
  life.after(() => {
    if (!process.env.UPDATE) return;
    const head = line("# command", "object", ROLES);
    writeFileSync(TABLE, `${[head, ...played.sort()].join("\n")}\n`);
  });

  it("knows every command, and no other", () => {
    assert.deepEqual(Object.keys(cases).sort(), commands().sort());
  });

  for (const command of Object.keys(cases).filter((name) => commands().includes(name))) {
    for (const object of Object.keys(cases[command])) {
      it(`${command} on ${object}`, async () => {
        const cells = await play(await roomyWorld(), command, object, socketOnly(command));
        played.push(line(command, object, cells));
        if (process.env.UPDATE) return;
        const row = expected.get(`${command} ${object}`);
        const names = (list) => ROLES.map((role, i) => `${role}: ${list[i]}`);
        assert.ok(row, "is not in expected.txt");
        assert.deepEqual(names(cells), names(row.split(" ")));
      });
    }
  }

  it("expects nothing that is not played", () => {
    const rows = Object.entries(cases).flatMap(([command, objects]) =>
      Object.keys(objects).map((object) => `${command} ${object}`),
    );
    assert.deepEqual(
      [...expected.keys()].filter((key) => !rows.includes(key)),
      [],
    );
  });
});
