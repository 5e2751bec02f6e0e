// A whole Debian 12, with systemd and Debian's own kernel, in a machine that qemu plays (by itself, for not every
// host lends its processor): what the operator's page says is tried there as it is written. It has no network. The disk is made
// once, by debootstrap, and stays in build/machine; what a run writes to it is forgotten.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { BINARY, folder } from "../lib/server.mjs";
import { deadline } from "../lib/wait.mjs";

const PLACE = resolve("build/machine");
const BOOT_MS = 300_000; // ten times slower than a real one, beside other work
const STEP_MS = 300_000;

/* Beside the libraries that the program names: what it loads, runs or reads; what the page calls. */
const PACKAGES =
  "systemd systemd-sysv udev kmod procps curl linux-image-cloud-amd64 " +
  "libwebsockets-evlib-uv poppler-utils ca-certificates tzdata";

/* A command a line, in base64, comes by a port of the machine; its code and its output go back. */
const STEPS = `export LC_ALL=C.UTF-8
mkdir -p /source
mount -o ro /dev/disk/by-id/virtio-source /mnt
cp -r /mnt/. /source
cd /source
exec 3<>/dev/virtio-ports/steps
echo ready >&3
while read -r line <&3; do
    echo "$line" | base64 -d >/run/step
    code=0
    sh -eu /run/step >/run/answer 2>&1 3<&- || code=$?
    echo "$code $(base64 -w 0 /run/answer)" >&3
done
`;
const STEPS_UNIT = `[Unit]
After=multi-user.target
[Service]
Type=idle
ExecStart=/bin/sh /usr/local/sbin/steps
[Install]
WantedBy=graphical.target
`;

/** Why there can be no such machine here; false where there can. */
export function whyNot() {
  if (process.arch !== "x64") return "the machine that is played is an x86-64";
  if (process.getuid() !== 0) return "only root may make the disk (debootstrap)";
  const missing = ["debootstrap", "mke2fs", "qemu-system-x86_64"].filter(
    (name) => spawnSync("sh", ["-c", `command -v ${name}`]).status !== 0,
  );
  return missing.length > 0 && `not installed: ${missing.join(", ")}`;
}

const output = (program, ...args) => execFileSync(program, args, { encoding: "utf8" });

/** Debian's packages of the libraries that the program names. */
function librariesOf(program) {
  const names = output("objdump", "-p", program).matchAll(/^ +NEEDED +(\S+)$/gm);
  const found = output("dpkg-query", "-S", ...[...names].map(([, name]) => `*/${name}`));
  return [...new Set([...found.matchAll(/^([^:\s]+):/gm)].map(([, name]) => name))];
}

/** Debian, and a unit that waits for commands, in the folder `root`. */
function layDebian(root, packages) {
  const log = spawnSync("debootstrap", [
    "--variant=minbase",
    `--include=${packages.join(",")}`,
    "bookworm",
    root,
  ]);
  if (log.status !== 0) throw new Error(`debootstrap: ${log.stdout}${log.stderr}`);
  const units = join(root, "etc/systemd/system");
  mkdirSync(join(units, "graphical.target.wants"), { recursive: true });
  writeFileSync(join(root, "usr/local/sbin/steps"), STEPS);
  writeFileSync(join(units, "steps.service"), STEPS_UNIT);
  symlinkSync("../steps.service", join(units, "graphical.target.wants/steps.service"));
}

/** {disk, kernel, initrd}, made where they are not there for these packages yet. */
function baseOf(program) {
  const packages = [...PACKAGES.split(" "), ...librariesOf(program)].sort();
  const name = createHash("sha256").update([packages, STEPS, STEPS_UNIT].join()).digest("hex");
  const place = join(PLACE, name.slice(0, 16));
  const base = { disk: join(place, "disk"), ...kernelOf(place) };
  if (existsSync(place)) return base;
  const making = `${place}.making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  layDebian(join(making, "root"), packages);
  for (const file of readdirSync(join(making, "root/boot"))) {
    if (/^(vmlinuz|initrd)/.test(file)) {
      cpSync(join(making, "root/boot", file), join(making, file.split(/[.-]/)[0]));
    }
  }
  output("mke2fs", "-q", "-t", "ext4", "-d", join(making, "root"), join(making, "disk"), "3G");
  rmSync(join(making, "root"), { recursive: true });
  renameSync(making, place);
  return base;
}

const kernelOf = (place) => ({ kernel: join(place, "vmlinuz"), initrd: join(place, "initrd") });

/** The program and the units, as after `make` in the source: a disk of their own. */
function sourceDisk(place) {
  const source = join(place, "source");
  cpSync(BINARY, join(source, "build/beffroi"));
  cpSync("tools/systemd", join(source, "tools/systemd"), { recursive: true });
  output("mke2fs", "-q", "-t", "ext4", "-d", source, join(place, "source.img"), "256M");
  return join(place, "source.img");
}

/* Each write goes to the file of the host without being synced: no cut is played here. */
const disk = (file, serial) => [
  "-drive",
  `file=${file},id=${serial},if=none,format=raw,snapshot=on,cache=unsafe`,
  "-device",
  `virtio-blk-pci,drive=${serial},serial=${serial}`,
];

function play({ disk: base, kernel, initrd }, source, console) {
  const machine = "-machine q35 -accel tcg -cpu max -smp 2 -m 2048 -display none";
  const port = "-chardev stdio,id=steps -device virtio-serial -device virtserialport,chardev=steps";
  return spawn(
    "qemu-system-x86_64",
    [
      ...`${machine} -no-reboot -nic none -device virtio-rng-pci ${port},name=steps`.split(" "),
      ...["-kernel", kernel, "-initrd", initrd, "-serial", `file:${console}`],
      ...["-append", "root=/dev/vda rw console=ttyS0 quiet lsm=landlock"],
      ...disk(base, "base"),
      ...disk(source, "source"),
    ],
    { stdio: ["pipe", "pipe", "pipe"] },
  );
}

/** A machine on which the page has not been read yet. */
export class Debian {
  static async create(t) {
    const place = folder(t);
    const machine = new Debian();
    machine.console = join(place, "console");
    machine.child = play(baseOf(BINARY), sourceDisk(place), machine.console);
    t.after(() => machine.child.kill("SIGKILL"));
    machine.child.stderr.on("data", (chunk) => (machine.complaints += chunk));
    machine.lines = createInterface({ input: machine.child.stdout })[Symbol.asyncIterator]();
    await machine.#line(BOOT_MS);
    return machine;
  }

  complaints = "";

  async #line(ms) {
    const said = () => `${this.complaints}\n${readFileSync(this.console, "utf8").slice(-4000)}`;
    const { value, done } = await deadline(this.lines.next(), ms, () => `no answer\n${said()}`);
    if (done) throw new Error(`the machine ended\n${said()}`);
    return value;
  }

  /** Runs a block as a careful reader would, as root: the first command that fails ends it. */
  async sh(text) {
    this.child.stdin.write(`${Buffer.from(text).toString("base64")}\n`);
    const [code, words] = (await this.#line(STEP_MS)).split(" ");
    const output = Buffer.from(words ?? "", "base64").toString();
    if (code !== "0") throw new Error(`${text}ended with ${code}\n${output}`);
    return output;
  }

  /** A file at a path of the page. */
  async write(path, text) {
    const bytes = Buffer.from(text).toString("base64");
    await this.sh(`mkdir -p "$(dirname ${path})"; echo ${bytes} | base64 -d >${path}\n`);
  }

  /** A file in the folder the commands are given in. */
  put(name, text) {
    return this.write(`/source/${name}`, text);
  }
}
