// What the kernel says of the real server and of the processes beside it, and that all goes on.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { channelOf, connected, member } from "../lib/cast.mjs";
import { Client } from "../lib/client.mjs";
import { http } from "../lib/http.mjs";
import { png } from "../lib/image.mjs";
import { mailServer } from "../lib/mail.mjs";
import { cli, folder, makeData, startServer } from "../lib/server.mjs";
import { bring, random } from "../lib/upload.mjs";
import { until } from "../lib/wait.mjs";

const status = (path) =>
  Object.fromEntries(
    readFileSync(`${path}/status`, "utf8")
      .split("\n")
      .map((line) => line.split(/:\s+/)),
  );
const threads = (pid) => readdirSync(`/proc/${pid}/task`).map((id) => `/proc/${pid}/task/${id}`);
const childrenOf = (pid) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);

const descendantsOf = (pid) => childrenOf(pid).flatMap((id) => [id, ...descendantsOf(id)]);

/** A process that ended and waits for whoever adopted it runs no more. */
function runs(pid) {
  try {
    return !/^[ZX]/.test(status(`/proc/${pid}`).State);
  } catch {
    return false;
  }
}

async function metrics(server) {
  const { text } = await http({ socketPath: join(server.data, "admin.sock"), path: "/metrics" });
  return text;
}

const nameOf = (pid) => status(`/proc/${pid}`).Name;

/** Helper and post each have a guard between them and the server. */
const processNamed = (pid, name) => descendantsOf(pid).find((id) => nameOf(id) === name);

it("shuts in every thread of the server, and says so", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  await anne.say((await channelOf(anne)).id, "bonjour");
  await bring(anne, "a.bin", random(1000)); // the pool's threads are there too
  const found = threads(server.pid).map(status);
  assert.ok(found.length >= 8);
  for (const thread of found) {
    assert.equal(thread.Seccomp, "2", thread.Name);
    assert.equal(thread.NoNewPrivs, "1", thread.Name);
  }
  assert.match(server.log, /event=CONFINED .*landlock=\d+ seccomp=1/);
});

it("lets mail leave from a process of its own, which ends and is replaced", async (t) => {
  const smtp = await mailServer(t);
  const server = await startServer(t, { smtp_url: smtp.url });
  const lea = await member(server, "Léa");
  const letter = async () => {
    const came = smtp.next();
    await new Client(server).ask("password.forgot", { email: lea.email });
    await came;
  };
  await letter();
  const keeper = processNamed(server.pid, "beffroi-post");
  const [carrier] = childrenOf(keeper);
  const found = status(`/proc/${carrier}`);
  assert.equal(found.Name, "beffroi-carrier");
  assert.deepEqual([found.Seccomp, found.NoNewPrivs], ["2", "1"]);
  process.kill(Number(carrier), "SIGKILL");
  await until(
    () => !childrenOf(keeper).includes(carrier),
    5000,
    "the keeper waits for its carrier",
  );
  await letter();
  assert.notEqual(childrenOf(keeper)[0], carrier);
});

it("holds no database, listening socket or other file in the process that mail leaves from, nor in a guard", async (t) => {
  const smtp = await mailServer(t);
  const server = await startServer(t, { smtp_url: smtp.url });
  const guards = childrenOf(server.pid);
  for (const id of [...guards, processNamed(server.pid, "beffroi-post")]) {
    const maps = readFileSync(`/proc/${id}/maps`, "utf8");
    assert.ok(!maps.includes("beffroi.db"));
    assert.deepEqual(readdirSync(`/proc/${id}/fd`), ["0", "1", "2", "3"]);
  }
});

it("takes every process with it when it is killed, one at work included", async (t) => {
  let reach;
  const reached = new Promise((done) => (reach = done));
  const smtp = await mailServer(t, {
    behave: () => {
      reach();
      return new Promise(() => {}); // a mail server that never answers
    },
  });
  const server = await startServer(t, { smtp_url: smtp.url });
  const lea = await member(server, "Léa");
  await new Client(server).ask("password.forgot", { email: lea.email });
  await reached;
  const others = descendantsOf(server.pid);
  assert.deepEqual(others.map(nameOf).sort(), [
    "beffroi-carrier",
    "beffroi-guard",
    "beffroi-guard",
    "beffroi-helper",
    "beffroi-post",
  ]);
  await server.kill();
  await until(() => !others.some(runs), 2000, "a process outlives the server");
});

async function killed(server, role) {
  process.kill(Number(processNamed(server.pid, `beffroi-${role}`)), "SIGKILL");
  await until(
    () => new RegExp(`event=CHILD_AGAIN .*process=${role}\\n`).test(server.log),
    10_000,
    "not a word in the log",
  );
  assert.match(await metrics(server), /^beffroi_processes_restarted_total 1$/m);
}

it("starts a killed helper again, which looks into files as before", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  await killed(server, "helper");
  await bring(anne, "a.png", png(3, 2)); // drawn anew by it before it is taken
});

it("starts a killed post again, from which letters leave as before", async (t) => {
  const smtp = await mailServer(t);
  const server = await startServer(t, { smtp_url: smtp.url });
  const lea = await member(server, "Léa");
  await killed(server, "post");
  const came = smtp.next();
  await new Client(server).ask("password.forgot", { email: lea.email });
  await came;
});

it("stops cleanly and says why where a guard is killed, for systemd to start all anew", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const channel = await channelOf(anne);
  const { id } = await anne.say(channel.id, "bonjour");
  process.kill(Number(childrenOf(server.pid)[0]), "SIGKILL");
  assert.equal(await server.exited, 1);
  assert.match(server.log, /event=CHILD_GONE .*process=helper\n/);
  assert.match(server.log, /event=STOP /);
  await server.start();
  const again = await connected(server, "Bruno");
  const { messages } = await again.ask("message.list", { channel: channel.id });
  assert.ok(messages.some((message) => message.id === id));
});

it("refuses to start with an address that is no mail server's, or without its certificates", async (t) => {
  const place = folder(t);
  const data = await makeData(place);
  const conf = join(place, "beffroi.conf");
  for (const line of [
    "smtp_url = http://127.0.0.1:25",
    `smtp_url = smtp://x\nsmtp_ca = ${place}/x`,
  ]) {
    writeFileSync(conf, `${line}\n`);
    const { code, stderr } = await cli(["serve", "--data", data, "--config", conf]);
    assert.equal(code, 1);
    assert.match(stderr, /smtp_url .* smtp_ca/);
  }
});
