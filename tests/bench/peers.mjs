// make bench-peers: Debian's ejabberd and prosody in the shape of our rooms: 100 rooms of 20 occupants, 100 of whom
// write with one message in flight each, archives (MAM) on SQLite. They are installed without being started as
// services; each runs as a child on a loopback port, its files in a folder of its own, and is stopped by its pid.
//
// What is compared is the server's CPU per message, and so how many it keeps a second on one core; the client here
// costs more than some servers, and what it costs is not counted.
//   ROUNDS=3 MESSAGES=3000
import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { connect, createServer } from "node:net";
import { join, resolve } from "node:path";
import { startServer } from "../lib/server.mjs";
import { generalOf, load, median, populate, targetOf } from "./kit.mjs";

const ROOMS = 100;
const OCCUPANTS = 20;
const WARM = 500;
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const MESSAGES = Number(process.env.MESSAGES ?? 3000);
const PATIENCE_MS = 120_000;
const PLACE = resolve("build/test/peers");
const BODY =
  "Bonjour à tous, la halle rouvre samedi : qui a déjà demandé une subvention pour la toiture ?";

const ends = [];
const life = { after: (end) => ends.push(end) };
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// --- installing -------------------------------------------------------------------------------------

const PACKAGES = ["ejabberd", "prosody", "lua-dbi-sqlite3", "lua-event"];
const POLICY = "/usr/sbin/policy-rc.d";

/** With apt-get; a policy of our own keeps them from being started, and none is there at the next boot. */
function install() {
  if (existsSync("/usr/bin/prosody") && existsSync("/usr/sbin/ejabberdctl")) return;
  const own = !existsSync(POLICY);
  if (own) writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", ...PACKAGES], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      stdio: ["ignore", "ignore", "inherit"],
    });
  } finally {
    if (own) rmSync(POLICY);
  }
  for (const name of ["ejabberd", "prosody"]) {
    try {
      execFileSync("systemctl", ["disable", name], { stdio: "ignore" });
    } catch {
      // no systemd here: nothing would start it
    }
  }
}

// --- the peers --------------------------------------------------------------------------------------

const prosodyConfig = (folder, port) => `
run_as_root = true
pidfile = "${folder}/prosody.pid"
data_path = "${folder}/data"
log = { warn = "${folder}/prosody.log" }
interfaces = { "127.0.0.1" }
c2s_ports = { ${port} }
modules_enabled = { "saslauth", "presence", "message", "iq" }
modules_disabled = { "s2s", "tls", "offline" }
c2s_require_encryption = false
network_backend = "event"
storage = { muc_log = "sql" }
default_storage = "internal"
sql = { driver = "SQLite3", database = "${folder}/prosody.sqlite" }
VirtualHost "localhost"
  authentication = "anonymous"
Component "rooms.localhost" "muc"
  modules_enabled = { "muc_mam" }
  muc_log_by_default = true
  muc_room_locking = false
`;

const ejabberdConfig = (folder, port) => `
hosts: ["localhost"]
loglevel: warning
listen:
  - { port: ${port}, ip: "127.0.0.1", module: ejabberd_c2s, shaper: none, access: all }
auth_method: [anonymous]
anonymous_protocol: sasl_anon
sql_type: sqlite
sql_database: "${folder}/ejabberd.sqlite"
default_db: mnesia
acl: { local: { user_regexp: "" } }
modules:
  mod_mam: { db_type: sql, default: always }
  mod_muc:
    host: "rooms.localhost"
    access: all
    min_message_interval: 0
    min_presence_interval: 0
    default_room_options: { mam: true, persistent: false }
`;

function startProsody(folder, port) {
  const config = join(folder, "prosody.cfg.lua");
  writeFileSync(config, prosodyConfig(folder, port));
  return spawn("prosody", ["--config", config, "-F"], { stdio: "ignore" });
}

/** Erlang without a name of its own: no other process (epmd) is started. */
function startEjabberd(folder, port) {
  const config = join(folder, "ejabberd.yml");
  writeFileSync(config, ejabberdConfig(folder, port));
  const base = readdirSync("/usr/lib", { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(`/usr/lib/${entry.name}/erlang`))
    .map(({ name }) => `/usr/lib/${name}`);
  const places = [...base, "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib"];
  const own = places
    .filter(existsSync)
    .flatMap((place) => readdirSync(place).map((name) => join(place, name)))
    .find((path) => /ejabberd-[\d.-]+$/.test(path) && existsSync(join(path, "ebin")));
  const args = ["-noinput", "-pa", join(own, "ebin"), "-mnesia", "dir", `"${folder}/mnesia"`];
  const settings = {
    EJABBERD_CONFIG_PATH: config,
    EJABBERD_LOG_PATH: join(folder, "ejabberd.log"),
  };
  return spawn("erl", [...args, "-s", "ejabberd"], {
    cwd: folder,
    env: { ...process.env, ...settings, HOME: folder },
    stdio: "ignore",
  });
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function listens(port) {
  for (let tries = 0; tries < 300; tries++) {
    const open = await new Promise((done) => {
      const socket = connect(port, "127.0.0.1", () => done(true)).on("error", () => done(false));
      socket.once("close", () => {});
      setTimeout(() => socket.destroy(), 100);
    });
    if (open) return;
    await sleep(200);
  }
  throw new Error("the peer does not listen");
}

async function startPeer(name, begin) {
  mkdirSync(PLACE, { recursive: true });
  const folder = mkdtempSync(join(PLACE, `${name}-`));
  const port = await freePort();
  const child = begin(folder, port);
  const gone = new Promise((done) => child.once("close", done));
  const cut = () => child.kill("SIGKILL"); // when this is cut short itself
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, cut);
  life.after(async () => {
    child.kill("SIGKILL");
    await gone;
    rmSync(folder, { recursive: true, force: true });
  });
  await listens(port);
  return { name, port, pid: child.pid };
}

/** Seconds of all its threads, in nanoseconds of the scheduler. */
function cpuOf(pid) {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const ns = tasks.map((task) =>
    Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]),
  );
  return ns.reduce((sum, one) => sum + one, 0) / 1e9;
}

// --- a small XMPP client (RFC 6120, XEP-0045) -------------------------------------------------------

const OPEN =
  "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0' to='localhost'>";

class Occupant {
  constructor(port, room, nick) {
    Object.assign(this, { room, nick, text: "", heard: 0, own: 0 });
    this.socket = connect(port, "127.0.0.1");
    this.socket.setNoDelay(true);
    this.socket.setEncoding("utf8");
    this.socket.on("error", (error) => (this.error = error));
    this.socket.on("data", (text) => this.#take(text));
  }

  /** Until this has come; what came before it is dropped. */
  #until(words) {
    return new Promise((done, fail) => {
      this.wanted = { words, done };
      setTimeout(
        () => fail(new Error(`no ${words} in ${this.text.slice(-300)}`)),
        PATIENCE_MS,
      ).unref();
    });
  }

  #take(text) {
    this.text += text;
    if (this.wanted) {
      const at = this.text.indexOf(this.wanted.words);
      if (at < 0) return;
      this.text = this.text.slice(at + this.wanted.words.length);
      const { done } = this.wanted;
      this.wanted = undefined;
      done();
      return;
    }
    this.#count();
  }

  /** Whole messages with a body; one's own are known by the nick they come from. */
  #count() {
    for (
      let end = this.text.indexOf("</message>");
      end >= 0;
      end = this.text.indexOf("</message>")
    ) {
      const stanza = this.text.slice(0, end);
      this.text = this.text.slice(end + 10);
      if (!stanza.includes("<body>")) continue;
      this.heard++;
      if (
        stanza.includes(`@rooms.localhost/${this.nick}'`) ||
        stanza.includes(`@rooms.localhost/${this.nick}"`)
      ) {
        this.own++;
        this.onown?.();
      }
    }
  }

  async #say(text, words) {
    const answered = this.#until(words);
    this.socket.write(text);
    await answered;
  }

  async join() {
    await this.#say(OPEN, "</stream:features>");
    await this.#say(
      "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>",
      "<success",
    );
    await this.#say(OPEN, "</stream:features>");
    await this.#say(
      "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>",
      "</jid>",
    );
    await this.#say(
      `<presence to='${this.room}@rooms.localhost/${this.nick}'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>`,
      "code='110'",
    ).catch(() => Promise.reject(new Error("not let into the room")));
  }

  post(number) {
    this.socket.write(
      `<message to='${this.room}@rooms.localhost' type='groupchat' id='m${number}'><body>${BODY} (${number})</body></message>`,
    );
  }
}

async function occupy(port) {
  const all = [];
  for (let room = 0; room < ROOMS; room++) {
    const some = Array.from(
      { length: OCCUPANTS },
      (_, i) => new Occupant(port, `r${room}`, `n${i}x`),
    );
    for (const one of some) await one.join();
    all.push(...some);
  }
  return all;
}

/** Each first occupant keeps one message on its way until `count` were sent and all were heard by all. */
async function talk(all, count) {
  const senders = all.filter((_, i) => i % OCCUPANTS === 0);
  const before = all.reduce((sum, one) => sum + one.heard, 0);
  let sent = 0;
  const next = (sender) => () => sent < count && sender.post(++sent);
  for (const sender of senders) {
    sender.onown = next(sender);
    sender.onown();
  }
  const until = Date.now() + PATIENCE_MS;
  const heard = () => all.reduce((sum, one) => sum + one.heard, 0) - before;
  while (heard() < count * OCCUPANTS) {
    if (Date.now() > until) throw new Error(`${heard()} of ${count * OCCUPANTS} were heard`);
    await sleep(10);
  }
}

async function measurePeer(peer) {
  peer.occupants ??= await occupy(peer.port);
  await talk(peer.occupants, WARM);
  const [cpu, wall] = [cpuOf(peer.pid), performance.now()];
  await talk(peer.occupants, MESSAGES);
  return {
    us: ((cpuOf(peer.pid) - cpu) * 1e6) / MESSAGES,
    perSecond: (1000 * MESSAGES) / (performance.now() - wall),
  };
}

// --- ours -------------------------------------------------------------------------------------------

async function startOurs() {
  const server = await startServer(life);
  const general = await generalOf(server);
  const codes = [...general.keys()].filter(Boolean).slice(0, ROOMS);
  const code = (i) => codes[i % codes.length];
  mkdirSync(PLACE, { recursive: true });
  const people = await populate(server, PLACE, "pair", ROOMS * OCCUPANTS, code, (i) =>
    general.get(code(i)),
  );
  const options = { people, sockets: ROOMS * OCCUPANTS, senders: 1, messages: MESSAGES, flow: 1 };
  return async () => {
    const { cpu_us_per_message: us, messages_per_s: perSecond } = await load(
      targetOf(server),
      options,
    );
    return { us, perSecond };
  };
}

const GOALS = { ejabberd: 10, prosody: 25 };

async function main() {
  install();
  const ours = await startOurs();
  const peers = [
    await startPeer("ejabberd", startEjabberd),
    await startPeer("prosody", startProsody),
  ];
  const results = { ours: [], ejabberd: [], prosody: [] };
  for (let round = 0; round < ROUNDS; round++) {
    results.ours.push(await ours());
    for (const peer of peers) results[peer.name].push(await measurePeer(peer));
  }
  const us = (name) => median(results[name].map((one) => one.us));
  for (const [name, list] of Object.entries(results)) {
    const ratio =
      name === "ours" ? "" : `  ${(us(name) / us("ours")).toFixed(1)}× ours, goal ${GOALS[name]}×`;
    const all = list.map((one) => one.us.toFixed(0)).join(", ");
    console.log(
      `${name.padEnd(10)}${us(name).toFixed(0).padStart(8)} µs CPU per message (${all}), ` +
        `${(1e6 / us(name)).toFixed(0)} a second on one core${ratio}`,
    );
  }
  const rows = { at: new Date().toISOString().slice(0, 10), rounds: ROUNDS, results };
  writeFileSync("tests/bench/peers.json", `${JSON.stringify(rows, null, 2)}\n`);
}

for (const signal of ["SIGTERM", "SIGINT"])
  process.once(signal, () => setTimeout(() => process.exit(1), 100));
try {
  await main();
} finally {
  for (const end of ends.reverse()) await end();
}
process.exit(0);
