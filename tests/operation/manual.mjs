// docs/exploitation.md as a machine reads it: sections with their blocks, and a machine of its own to try
// them on. Paths of the page become folders of the test; what only a whole system has (systemctl, accounts) is
// stood in for by small programs, so that the commands are tried letter by letter.
import { spawn } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { BINARY, folder } from "../lib/server.mjs";

const PAGE = "docs/exploitation.md";
const ROOTS = ["/usr/local/", "/etc/", "/var/"];

/** [{title, text, blocks: [{lang, text}]}] */
export function sections() {
  return readFileSync(PAGE, "utf8")
    .split(/^## /m)
    .slice(1)
    .map((text) => ({
      title: text.split("\n")[0],
      text,
      blocks: [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, lang, body]) => ({
        lang,
        text: body,
      })),
    }));
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/* Starts what the unit says with the socket that systemd would have passed; `stop` waits until it is gone. */
const SYSTEMCTL = `#!/bin/sh
set -eu
units=/etc/systemd/system
pid=ROOT/pid
start() {
    $(sed -n 's/^ExecStart=//p' $units/beffroi.service) --listen 127.0.0.1:PORT >>ROOT/journal 2>&1 &
    echo $! >"$pid"
    for _ in $(seq 300); do
        curl -fs http://127.0.0.1:PORT/readyz >/dev/null && return
        sleep 0.1
    done
    cat ROOT/journal >&2
    exit 1
}
stop() {
    [ -f "$pid" ] || return 0
    kill -TERM "$(cat "$pid")" 2>/dev/null || true
    while kill -0 "$(cat "$pid")" 2>/dev/null; do sleep 0.05; done
    rm "$pid"
}
verb=$1
shift
case "$verb $*" in
daemon-reload*) ;;
enable*beffroi.service) start ;;
enable*) for name; do case $name in --*) ;; *) test -f "$units/$name" ;; esac done ;;
start*.service) $(sed -n 's/^ExecStart=//p' "$units/$1") ;;
start*) start ;;
stop*) stop ;;
restart*) stop && start ;;
reload*) kill -HUP "$(cat "$pid")" ;;
*) echo "no such verb: $verb $*" >&2 && exit 1 ;;
esac
`;
const STANDINS = {
  systemctl: SYSTEMCTL,
  useradd: "#!/bin/sh\n",
  runuser: '#!/bin/sh\nshift 3\nexec "$@"\n',
  journalctl: "#!/bin/sh\ntail -n 20 ROOT/journal\n",
  install: `#!/bin/sh
for word; do
    shift
    case $word in -o | -g) skip=1 ;; *) [ "\${skip-}" ] || set -- "$@" "$word"; skip= ;; esac
done
exec /usr/bin/install "$@"
`,
};

/** A machine on which the page has not been read yet. */
export class Machine {
  static async create(t) {
    const machine = new Machine();
    machine.root = folder(t);
    machine.port = await freePort();
    machine.#lay(t);
    return machine;
  }

  #lay(t) {
    for (const [name, text] of Object.entries(STANDINS)) this.#program(`bin/${name}`, text);
    mkdirSync(this.path("source/build"), { recursive: true });
    mkdirSync(this.path("source/tools/systemd"), { recursive: true });
    copyFileSync(BINARY, this.path("source/build/beffroi"));
    for (const name of readdirSync("tools/systemd")) {
      const text = readFileSync(join("tools/systemd", name), "utf8");
      writeFileSync(this.path("source/tools/systemd", name), this.here(text));
    }
    t.after(() => this.sh("systemctl stop beffroi"));
  }

  #program(name, text) {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, this.here(text));
    chmodSync(path, 0o755);
  }

  path(...names) {
    return join(this.root, ...names);
  }

  /** What the page says, with the folders and the port of this machine. */
  here(text) {
    let out = text;
    for (const root of ROOTS) out = out.replaceAll(root, this.path(root));
    return out
      .replaceAll("127.0.0.1:8080", `127.0.0.1:${this.port}`)
      .replaceAll("ROOT", this.root)
      .replaceAll("PORT", String(this.port));
  }

  /** Runs a block as a careful reader would: the first command that fails ends it. */
  sh(text) {
    const env = { ...process.env, LC_ALL: "C.UTF-8", BEFFROI: this.path("usr/local/bin/beffroi") };
    env.PATH = `${this.path("bin")}:${this.path("usr/local/bin")}:${env.PATH}`;
    return new Promise((done, fail) => {
      const child = spawn("sh", ["-eu", "-c", this.here(text)], { cwd: this.path("source"), env });
      let output = "";
      child.stdout.on("data", (chunk) => (output += chunk));
      child.stderr.on("data", (chunk) => (output += chunk));
      child.on("exit", (code) => {
        if (code === 0) done(output);
        else fail(new Error(`${text}ended with ${code}\n${output}`));
      });
    });
  }

  /** A block that is a file says in its first line where it goes. */
  write(text) {
    const path = this.path(/^# (\S+)\n/.exec(text)[1]);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, this.here(text));
  }
}
