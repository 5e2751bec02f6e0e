// docs/exploitation.md as a machine reads it: sections with their blocks, each tried from its first command to
// its last on a machine, which is the one below or the whole Debian of debian.mjs.
import assert from "node:assert/strict";
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

const COMMUNES =
  "id_pvd,insee_com,nom,insee_dep,lib_dep,insee_reg,lib_reg,siren_epci,lib_epci,date_signature_pvd\n" +
  "pvd-84-01-9,01420,Thoissey,01,Ain,84,Auvergne-Rhône-Alpes,,,2021-05-01\n";
const PEOPLE = "email,name,post,territory\nelue@exemple.fr,Élue de Thoissey,elu,01\n";

/* Bytes in the middle of the database, as a failing disk would leave them. */
const DAMAGE = `systemctl stop beffroi
base=/var/lib/beffroi/beffroi.db
for at in $(seq 16 80 $(($(stat -c %s $base) / 512 - 1))); do
    yes Beffroi | dd of=$base bs=512 count=1 seek=$at conv=notrunc iflag=fullblock status=none
done
`;

/** What a machine looks like before and after a section, where running its commands is not enough. */
const LOOKS = {
  Peupler: {
    before(machine) {
      machine.put("communes.csv", COMMUNES);
      machine.put("personnes.csv", PEOPLE);
    },
    after: (output) => assert.match(output, /anct@exemple\.fr/),
  },
  "La base est abîmée": {
    before: (machine) => machine.sh(DAMAGE),
    after: (output) => assert.match(output, /malformed|damaged|missing|not a database/i),
  },
};

/** Does what a section says: its commands, and its files where they go. */
export async function follow(machine, { title, blocks }) {
  let output = "";
  await LOOKS[title]?.before?.(machine);
  for (const { lang, text } of blocks) {
    if (lang === "sh") output += await machine.sh(text);
    else if (lang === "ini") await machine.write(/^# (\S+)\n/.exec(text)[1], text);
  }
  LOOKS[title]?.after?.(output);
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

/** A machine on which the page has not been read yet. Paths of the page become folders of the test; what only
 *  a whole system has (systemctl, accounts) is stood in for by small programs, so that the commands are tried
 *  letter by letter. */
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

  /** A file at a path of the page. */
  write(path, text) {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), this.here(text));
  }

  /** A file in the folder the commands are given in. */
  put(name, text) {
    writeFileSync(this.path("source", name), text);
  }
}
