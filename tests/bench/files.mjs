// Bench rows of files: a large one brought beside `cp` and fsync, given beside nginx, in the same run;
// and what memory that took.
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import net from "node:net";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { until } from "../lib/wait.mjs";

const run = promisify(execFile);
const BYTES = Number(process.env.FILE_BYTES ?? 2147483648);
const NGINX = "/usr/sbin/nginx";

const rssOf = (pid, what = "VmRSS") =>
  Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) /
  1024;

const seconds = async (work) => {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
};

/** A file of bytes that do not repeat, made once. */
async function made(place) {
  const path = join(place, "large.bin");
  const count = Math.round(BYTES / 1048576);
  if (!existsSync(path)) {
    await run("dd", ["if=/dev/urandom", `of=${path}`, "bs=1M", `count=${count}`, "conv=fsync"]);
  }
  return path;
}

const copied = (from, to) =>
  seconds(() => run("sh", ["-c", 'cp "$1" "$2" && sync "$2" && rm "$2"', "sh", from, to]));

/** curl: the least a client can cost. Gives what it printed of the answer's status. */
const curl = (args) => run("curl", ["-sS", "-o", "/dev/null", "-w", "%{http_code}", ...args]);

async function announced(client, bytes) {
  const answer = await client.server.fetch("/fichiers", {
    method: "POST",
    headers: {
      ...client.headers(),
      "tus-resumable": "1.0.0",
      "upload-length": String(bytes),
      "upload-metadata": `filename ${Buffer.from("grand.bin").toString("base64")}`,
    },
  });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.headers.location;
}

const bearer = (client) => ["-H", `authorization: Bearer ${client.credential.token}`];

async function uploaded(client, file, bytes) {
  const path = await announced(client, bytes);
  const took = await seconds(async () => {
    const { stdout } = await curl([
      ...["-X", "PATCH", "-T", file, ...bearer(client)],
      ...["-H", "tus-resumable: 1.0.0", "-H", "upload-offset: 0"],
      ...["-H", "content-type: application/offset+octet-stream", client.server.url + path],
    ]);
    if (stdout !== "204") throw new Error(`upload: ${stdout}`);
  });
  return { took, key: path.split("/").pop() };
}

async function downloaded(url, headers) {
  return seconds(async () => {
    const { stdout } = await curl([...headers, url]);
    if (stdout !== "200") throw new Error(`download: ${stdout}`);
  });
}

const freePort = () =>
  new Promise((done) => {
    const socket = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => done(port));
    });
  });

/** nginx with sendfile, one worker, giving out a folder: its URL, or undefined where it is absent. */
async function nginx(life, place, root) {
  if (!existsSync(NGINX)) return undefined;
  const port = await freePort();
  const folder = resolve(place, "nginx");
  mkdirSync(folder, { recursive: true });
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    join(folder, "nginx.conf"),
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
     user root; events {} http { access_log off; sendfile on; tcp_nopush on; ${temp.join(" ")}
     server { listen 127.0.0.1:${port}; root ${resolve(root)}; } }\n`,
  );
  const child = spawn(NGINX, ["-p", folder, "-c", join(folder, "nginx.conf")], { stdio: "ignore" });
  life.after(() => child.kill());
  const url = `http://127.0.0.1:${port}`;
  await until(() => fetch(url).then(Boolean, () => false));
  return url;
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** The rows; `server` is fresh, so that its memory is that of files alone. */
export async function fileRows({ server, client, life, place, rounds, wanted, say }) {
  if (!wanted("upload") && !wanted("download") && !wanted("memory")) return;
  const file = await made(place);
  const mb = BYTES / 1e6;
  const first = rssOf(server.pid);
  const up = [];
  const cp = [];
  let key;
  for (let round = 0; round < rounds; round++) {
    cp.push(await copied(file, join(place, "copy.bin")));
    const { took, key: made } = await uploaded(client, file, BYTES);
    up.push(took);
    if (key) await client.ask("file.drop", { key });
    key = made;
  }
  if (wanted("upload")) {
    say({
      row: `upload of ${Math.round(mb)} MB, beside cp and fsync`,
      value: mb / median(up),
      unit: "MB/s",
      reference: mb / median(cp),
      ratio: median(cp) / median(up),
      goal: 0.7,
      better: "more",
      rounds: up.map((took, i) => cp[i] / took),
    });
  }
  const reference = await nginx(life, place, place);
  const down = [];
  const beside = [];
  for (let round = 0; round < rounds; round++) {
    if (reference) beside.push(await downloaded(`${reference}/large.bin`, []));
    down.push(await downloaded(`${server.url}/fichier/${key}`, bearer(client)));
  }
  if (wanted("download") && !reference)
    console.log("download: nginx is not installed; not compared");
  if (wanted("download")) {
    say({
      row: `download of ${Math.round(mb)} MB, beside nginx`,
      value: mb / median(down),
      unit: "MB/s",
      reference: reference ? mb / median(beside) : 0,
      ratio: reference ? median(beside) / median(down) : null,
      goal: reference ? 0.7 : null,
      better: "more",
      rounds: beside.map((took, i) => took / down[i]),
    });
  }
  if (wanted("memory")) {
    say({
      row: `memory for ${Math.round(mb)} MB in and out`,
      value: rssOf(server.pid, "VmHWM"),
      unit: "MB RSS at most",
      reference: first,
      ratio: null,
      goal: null,
    });
  }
}
