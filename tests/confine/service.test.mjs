// What is shipped for systemd: how far the unit shuts the service in, sockets handed over, the daily backup.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { join, resolve } from "node:path";
import { describe, it } from "node:test";
import { http } from "../lib/http.mjs";
import { BINARY, cli, folder, makeData, startServer } from "../lib/server.mjs";
import { deadline, until } from "../lib/wait.mjs";

const UNITS = resolve("tools/systemd");
const analyze = (...args) => spawnSync("systemd-analyze", args, { encoding: "utf8" });
const skip = analyze("--version").error ? "systemd-analyze is not installed" : false;

describe("the shipped units", () => {
  for (const unit of ["beffroi.service", "beffroi-backup.service"]) {
    it(`${unit} is exposed by at most 1.5`, { skip }, () => {
      const { status, stdout, stderr } = analyze(
        "security",
        "--offline=true",
        "--no-pager",
        "--threshold=15",
        join(UNITS, unit),
      );
      assert.equal(status, 0, stdout + stderr);
      const [, exposure] = /Overall exposure level for \S+: ([\d.]+)/.exec(stdout);
      assert.ok(Number(exposure) <= 1.5, stdout);
    });
  }

  it("are understood by systemd", { skip }, (t) => {
    const place = folder(t);
    cpSync(UNITS, place, { recursive: true });
    const units = readdirSync(place).filter((name) => /\.(service|socket|timer)$/.test(name));
    assert.equal(units.length, 4);
    for (const name of units) {
      const text = readFileSync(join(place, name), "utf8")
        .replace("/usr/local/bin/beffroi", BINARY)
        .replace("/usr/local/lib/beffroi/", `${place}/`);
      writeFileSync(join(place, name), text);
    }
    const { status, stderr } = analyze(
      "verify",
      "--man=no",
      ...units.map((name) => join(place, name)),
    );
    const ours = stderr.split("\n").filter((line) => line.includes("beffroi"));
    assert.deepEqual(ours, []);
    assert.equal(status, 0, stderr);
  });
});

/** Listens, and lets another hold the socket: a unix one moves, since Node removes what it made. */
async function handOver(where, use) {
  const listening = net.createServer().listen(where);
  await new Promise((done) => listening.on("listening", done));
  const result = await use(listening._handle, listening.address());
  const moved = where.path && `${where.path}.moved`;
  if (moved) renameSync(where.path, moved);
  await new Promise((done) => listening.close(done));
  return { ...result, path: moved };
}

/** As systemd: holds descriptor 3, and starts the server anew when it ends, twice in all. */
const HOLDER = `for turn in 1 2; do
  sh -c 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"' sh "$@"
done`;

async function serveTwice(t, where) {
  const place = folder(t);
  const data = await makeData(place);
  const conf = join(place, "beffroi.conf");
  return handOver(where(place), async (handle, { port }) => {
    const url = `http://127.0.0.1:${port ?? 1}`;
    writeFileSync(conf, `public_url = ${url}\n`);
    const line = ["sh", BINARY, "serve", "--data", data, "--config", conf];
    const holder = spawn("sh", ["-c", HOLDER, ...line], {
      stdio: ["ignore", "pipe", "inherit", handle],
    });
    let starts = 0;
    holder.stdout.on("data", () => starts++);
    const ended = new Promise((done) => holder.on("close", done));
    const server = () => {
      const [pid] = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, "utf8")
        .trim()
        .split(" ");
      return Number(pid);
    };
    t.after(() => {
      holder.kill("SIGKILL");
      if (holder.exitCode === null && server()) process.kill(server(), "SIGKILL");
    });
    await until(() => starts === 1, 30_000, "no start");
    return { url, server, ended, starts: () => starts };
  });
}

for (const [name, where] of [
  ["TCP", () => ({ port: 0, host: "127.0.0.1" })],
  ["unix", (place) => ({ path: join(place, "door.sock") })],
]) {
  it(`refuses nobody over a restart where systemd holds its ${name} socket`, async (t) => {
    const { url, path, server, ended, starts } = await serveTwice(t, where);
    const health = () => http({ ...(path ? { socketPath: path } : { url }), path: "/healthz" });
    assert.equal((await health()).status, 200);
    const first = server();
    process.kill(first, "SIGTERM");
    const answers = [];
    // One after the other all the while: some find no server, and wait for the next.
    while (starts() < 2) answers.push((await deadline(health(), 30_000, "no answer")).status);
    answers.push((await health()).status);
    assert.deepEqual([...new Set(answers)], [200]);
    assert.notEqual(server(), first);
    process.kill(server(), "SIGTERM");
    assert.equal(await deadline(ended, 20_000, "no end"), 0);
  });
}

describe("the daily backup", () => {
  const backup = (data, place, keep) =>
    execFileSync(join(UNITS, "beffroi-backup"), [data, place, String(keep)], {
      env: { ...process.env, BEFFROI: BINARY },
    });
  const copies = (place) => readdirSync(place).filter((name) => name.endsWith(".db"));

  it("keeps as many as it is told, and one of them restores", async (t) => {
    const server = await startServer(t);
    const place = folder(t);
    for (const day of ["20200101", "20200102"]) {
      writeFileSync(join(place, `beffroi-${day}T031000Z.db`), "old");
    }
    writeFileSync(join(place, "notes.db"), "not ours");
    backup(server.data, place, 2);
    const [newest] = copies(place).sort().reverse().slice(1);
    assert.deepEqual(copies(place).length, 3);
    assert.ok(!copies(place).includes("beffroi-20200101T031000Z.db"));
    await server.stop();
    const restored = join(folder(t), "data");
    const { code, stderr } = await cli(["restore", "--data", restored, join(place, newest)]);
    assert.equal(code, 0, stderr);
  });

  it("lets nothing go where no copy could be made", async (t) => {
    const place = folder(t);
    writeFileSync(join(place, "beffroi-20200101T031000Z.db"), "old");
    assert.throws(() => backup(join(place, "absent"), place, 1));
    assert.deepEqual(copies(place), ["beffroi-20200101T031000Z.db"]);
    rmSync(place, { recursive: true });
  });
});
