// The process that looks into files lives and dies with the server.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { startServer } from "../lib/server.mjs";
import { until } from "../lib/wait.mjs";

const helperOf = (pid) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);

/** Whether the process runs: one that nobody has waited for yet does not. */
function runs(pid) {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

it("is one process, started before the lock and the database are open", async (t) => {
  const server = await startServer(t);
  const children = helperOf(server.pid);
  assert.equal(children.length, 1);
  const maps = readFileSync(`/proc/${children[0]}/maps`, "utf8");
  assert.ok(!maps.includes("beffroi.db"));
});

it("ends with a server that is stopped", async (t) => {
  const server = await startServer(t);
  const [helper] = helperOf(server.pid);
  assert.equal(await server.stop(), 0);
  assert.ok(!runs(helper));
});

it("ends with a server that is killed", async (t) => {
  const server = await startServer(t);
  const [helper] = helperOf(server.pid);
  await server.kill();
  await until(() => !runs(helper));
});
