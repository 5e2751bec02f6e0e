// A real server for one test: its own data directory, a port that the kernel picks.
//
//   const server = await startServer(t);          // init + serve; stopped and checked after the test
//                                                 // t: a test, or a lifetime() for all of a describe()
//   await server.admin("user.add", {...});        // as the operator, by the admin socket
//   await server.kill(); await server.start();    // kill -9, and again on the same port and data
import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { built } from "./built.mjs";
import { http } from "./http.mjs";
import { deadline } from "./wait.mjs";

export const BINARY = process.env.BEFFROI ? resolve(process.env.BEFFROI) : built("beffroi");
// Beside the build, and so on the disk: /tmp may be memory, where an fsync costs nothing.
const PLACE = resolve("build/test");
const SANITIZER = /AddressSanitizer|LeakSanitizer|ThreadSanitizer|runtime error:/;

/** Within describe(): ends what its tests share, the last made first. */
export function lifetime() {
  const ends = [];
  after(async () => {
    for (const end of ends.reverse()) await end();
  });
  return { after: (end) => ends.push(end) };
}

/** A fresh folder, removed after the test unless KEEP is set. */
export function folder(t) {
  mkdirSync(PLACE, { recursive: true });
  const path = mkdtempSync(join(PLACE, "t-"));
  t.after(() => removeFolder(path));
  return path;
}

function removeFolder(path) {
  if (!process.env.KEEP) rmSync(path, { recursive: true, force: true });
}

/** Runs the command line, behind the words of another program if `under` has some. Never rejects:
 *  {code, stdout, stderr}. */
export function cli(args, { input = "", env = {}, under = [] } = {}) {
  const [program, ...words] = [...under, BINARY, ...args];
  return new Promise((done) => {
    const child = execFile(
      program,
      words,
      { env: { ...process.env, LC_ALL: "C.UTF-8", ...env }, maxBuffer: 1 << 26 },
      (error, stdout, stderr) =>
        done({ code: error ? (error.code ?? error.signal) : 0, stdout, stderr }),
    );
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

/** Makes an empty data directory (init), or copies one that was made before. */
export async function makeData(place, { copyOf } = {}) {
  const data = join(place, "data");
  if (copyOf) {
    cpSync(copyOf, data, { recursive: true });
    return data;
  }
  const made = await cli(["init", "--data", data]);
  if (made.code !== 0) throw new Error(`init: ${made.code}\n${made.stderr}`);
  return data;
}

/** Servers that run: a test that is cut short leaves none behind. */
const running = new Set();
process.once("SIGTERM", () => {
  for (const child of running) child.kill("SIGKILL");
  process.exit(1);
});

export class Server {
  constructor(data, config = {}) {
    this.data = data;
    this.config = config;
    this.log = "";
    this.listen = config.listen ?? "127.0.0.1:0";
    this.expectsFailure = false;
  }

  /** Serves, and waits for the line that says where. The second start takes the port of the first. */
  async start() {
    const beside = join(this.data, "..", "beffroi.conf");
    const {
      listen,
      args = [],
      env = {},
      under = [],
      conf: file = beside,
      ...settings
    } = this.config;
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
    writeFileSync(file, lines.join(""));
    const serve = [
      "serve",
      "--data",
      this.data,
      "--listen",
      this.listen,
      "--config",
      file,
      ...args,
    ];
    const [program, ...words] = [...under, BINARY, ...serve];
    this.child = spawn(program, words, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    this.child.stderr.on("data", (chunk) => (this.log += chunk));
    const { child } = this;
    running.add(child);
    this.exited = new Promise((done) =>
      child.once("close", (code, signal) => {
        running.delete(child);
        done(signal ?? code);
      }),
    );
    this.url = await deadline(
      this.#firstLine(),
      30_000,
      () => `no address from serve\n${this.log}`,
    );
    if (!this.listen.startsWith("unix:")) this.listen = `127.0.0.1:${new URL(this.url).port}`;
    return this;
  }

  #firstLine() {
    return new Promise((done, fail) => {
      createInterface({ input: this.child.stdout }).once("line", (line) =>
        done(/https?:\/\/\S+/.exec(line)[0]),
      );
      this.exited.then((code) => fail(new Error(`serve ended with ${code}\n${this.log}`)));
    });
  }

  get pid() {
    return this.child.pid;
  }

  /** SIGTERM; resolves to the exit code. */
  async stop() {
    if (!this.child) return 0;
    this.child.kill("SIGTERM");
    const code = await deadline(this.exited, 20_000, () => `serve does not stop\n${this.log}`);
    this.child = undefined;
    return code;
  }

  /** kill -9: nothing is flushed, nothing is said. */
  async kill() {
    this.child.kill("SIGKILL");
    await this.exited;
    this.child = undefined;
  }

  async restart() {
    await this.stop();
    return this.start();
  }

  /** A command as the operator. Rejects with the problem. */
  async admin(name, params = {}) {
    const answer = await http({
      socketPath: join(this.data, "admin.sock"),
      path: `/api/v1/${name}`,
      method: "POST",
      body: params,
    });
    if (answer.status !== 200) {
      throw Object.assign(new Error(`${name}: ${answer.text}`), { problem: answer.json });
    }
    return answer.json;
  }

  cli(verb, args = [], options = {}) {
    return cli([...verb.split(" "), "--data", this.data, ...args], options);
  }

  /** A plain HTTP request to the public door. */
  fetch(path, options = {}) {
    return http({ url: this.url, path, ...options });
  }

  has(name) {
    return existsSync(join(this.data, name));
  }

  /** Stops it and looks at how it ended: every test is also a test of that. */
  async finish() {
    const code = await this.stop();
    if (code !== 0) throw new Error(`serve ended with ${code}\n${this.log}`);
    if (SANITIZER.test(this.log)) throw new Error(`a sanitizer complained\n${this.log}`);
  }
}

/**
 * init + serve, for the length of the test.
 * @param {import("node:test").TestContext} t
 * @param {object} config lines of the configuration file; and `listen`, `args`, `env`, `under` (the words of a
 *   program that becomes the server), `copyOf` (a data directory)
 */
export async function startServer(t, { copyOf, ...config } = {}) {
  // One hook for both, since hooks of a test run in the order they were given.
  const ends = [];
  t.after(async () => {
    for (const end of ends.reverse()) await end();
  });
  const place = folder({ after: (end) => ends.push(end) });
  const server = new Server(await makeData(place, { copyOf }), config);
  ends.push(() => server.finish());
  return server.start();
}
