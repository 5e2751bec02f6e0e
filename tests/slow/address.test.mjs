// How many connections one address may have: tried in a network of our own, for those of the machine itself
// are not counted. Skipped, and said so, where no such network can be made.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { it } from "node:test";
import { member, tokenFor } from "../lib/cast.mjs";
import { folder, startServer } from "../lib/server.mjs";
import { until } from "../lib/wait.mjs";
import { limit } from "./house.mjs";
import { metric } from "./watch.mjs";

const isRoot = process.getuid() === 0;
const [CROWDED, OTHER] = ["10.9.9.2", "10.9.9.3"];
const ADDRESSES = ["10.9.9.1", CROWDED, OTHER].map((at) => `ip addr add ${at}/32 dev lo`);
const OWN_NETWORK = [
  "unshare",
  isRoot ? "-n" : "-Urn",
  "sh",
  "-c",
  `ip link set lo up && ${ADDRESSES.join(" && ")} && exec "$@"`,
  "sh",
];
const [program, ...words] = OWN_NETWORK;
const skip = spawnSync(program, [...words, "true"]).status !== 0 && "no network of our own here";
const MOST = limit("LIMIT_SOCKETS_PER_ADDRESS");

/** A file of tokens of people enough for as many sockets as one address may have. */
async function crowd(t, server) {
  const lines = [];
  for (let i = 0; i * limit("LIMIT_SOCKETS_PER_PERSON") < MOST + 20; i++) {
    lines.push(await tokenFor(server, (await member(server, `Membre ${i}`)).id));
  }
  const path = join(folder(t), "people.txt");
  writeFileSync(path, lines.join("\n"));
  return path;
}

/** knock.mjs where the server is. */
function knocker(t, server, people) {
  const inside = [
    "-t",
    String(server.pid),
    "-n",
    ...(isRoot ? [] : ["-U", "--preserve-credentials"]),
  ];
  const port = new URL(server.url).port;
  const child = spawn(
    "nsenter",
    [...inside, process.execPath, "tests/slow/knock.mjs", port, people],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  t.after(() => child.stdin.end());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async (act) => {
    child.stdin.write(`${JSON.stringify(act)}\n`);
    return JSON.parse((await lines.next()).value);
  };
}

it("closes to an address that has its fill, to no other, and opens again as places are left", {
  skip,
}, async (t) => {
  const server = await startServer(t, { listen: "10.9.9.1:0", under: OWN_NETWORK });
  const knock = knocker(t, server, await crowd(t, server));
  const full = await knock({ open: MOST, from: CROWDED });
  assert.deepEqual(full, { answered: MOST, closed: 0 });
  assert.deepEqual(await knock({ open: 5, from: CROWDED }), { answered: 0, closed: 5 });
  assert.equal(await metric(server, "net_refused_total"), 5);
  assert.deepEqual(await knock({ open: 5, from: OTHER }), { answered: 5, closed: 0 });
  await knock({ leave: 3, from: CROWDED });
  await until(async () => (await metric(server, "net_connections")) <= MOST + 3, 5000, "they stay");
  assert.deepEqual(await knock({ open: 3, from: CROWDED }), { answered: 3, closed: 0 });
  assert.deepEqual(await knock({ open: 1, from: CROWDED }), { answered: 0, closed: 1 });
});
