// A server to play the rows against: by TCP, by its own TLS, and behind nginx as docs/exploitation.md
// has it.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import net from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { folder, startServer } from "../lib/server.mjs";
import { until } from "../lib/wait.mjs";

/** A key and its certificate, signed by nobody. */
function certificate(place, kind = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]) {
  const [cert, key] = [join(place, "cert.pem"), join(place, "key.pem")];
  const args = [
    "req",
    "-x509",
    "-newkey",
    ...kind,
    "-nodes",
    "-days",
    "30",
    "-subj",
    "/CN=localhost",
  ];
  const about = [
    "-addext",
    "subjectAltName=DNS:localhost,IP:127.0.0.1",
    "-out",
    cert,
    "-keyout",
    key,
  ];
  execFileSync("openssl", [...args, ...about], { stdio: "ignore" });
  return { cert, key };
}

export async function serveDirect(life) {
  const server = await startServer(life);
  return { server, url: server.url };
}

export async function serveTls(life, config = {}, kind = undefined) {
  const { cert, key } = certificate(folder(life), kind);
  const server = await startServer(life, { tls_cert: cert, tls_key: key, ...config });
  return { server, url: server.url };
}

/** The file for nginx, as people are told to write it, with the names and addresses of this test. */
function nginxSite({ port, backend, cert, key }) {
  const doc = readFileSync(new URL("../../docs/exploitation.md", import.meta.url), "utf8");
  const [, block] = /```nginx\n([^]*?)```/.exec(doc);
  const replaced = [
    [/listen \[::\]:443 ssl;/, ""],
    [/listen 443 ssl;/, `listen 127.0.0.1:${port} ssl;`],
    [/(ssl_certificate) \S+;/, `$1 ${cert};`],
    [/(ssl_certificate_key) \S+;/, `$1 ${key};`],
    [/127\.0\.0\.1:8080/g, backend],
  ];
  return replaced.reduce((text, [from, to]) => {
    if (!text.match(from)) throw new Error(`docs/exploitation.md: no ${from}`);
    return text.replace(from, to);
  }, block);
}

function nginxMain(place, site) {
  const kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  for (const kind of kinds) mkdirSync(join(place, kind));
  const temporary = kinds.map((kind) => `${kind}_temp_path ${join(place, kind)};`).join("\n");
  return `daemon off;\nuser ${userInfo().username};\nworker_processes 1;\npid ${join(place, "pid")};
error_log ${join(place, "error.log")};\nevents { worker_connections 512; }
http {\naccess_log off;\n${temporary}\n${site}\n}\n`;
}

function freePort() {
  return new Promise((done) => {
    const probe = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

const answers = (port) =>
  new Promise((done) => {
    const socket = net.connect(port, "127.0.0.1", () => done(true));
    socket.on("error", () => done(false));
    socket.on("close", () => socket.destroy());
    socket.on("connect", () => socket.end());
  });

export async function serveNginx(life) {
  const place = folder(life);
  const { cert, key } = certificate(place);
  const [port, behind] = [await freePort(), await freePort()];
  const url = `https://127.0.0.1:${port}`;
  const backend = `127.0.0.1:${behind}`; // what the server says is its public address, that of nginx
  const server = await startServer(life, {
    listen: backend,
    public_url: url,
    trusted_proxy: "127.0.0.1",
  });
  const config = join(place, "nginx.conf");
  writeFileSync(config, nginxMain(place, nginxSite({ port, backend, cert, key })));
  const child = spawn("/usr/sbin/nginx", ["-p", place, "-c", config], { stdio: "inherit" });
  const ended = new Promise((done) => child.once("close", done));
  life.after(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  await until(() => answers(port));
  return { server, url };
}
