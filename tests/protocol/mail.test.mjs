// Mail: a mail server that is down, slow or refuses loses nothing; without one there are files.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { member } from "../lib/cast.mjs";
import { Client } from "../lib/client.mjs";
import { change, value } from "../lib/database.mjs";
import { http } from "../lib/http.mjs";
import { mailServer } from "../lib/mail.mjs";
import { startServer } from "../lib/server.mjs";
import { until } from "../lib/wait.mjs";

const forgot = (server, email) => new Client(server).ask("password.forgot", { email });

/** Lets the time of the next attempt come, while the server is down. */
const letTimePass = (server) => change(server, "UPDATE mail SET next_at = 0");
const queued = (server) => value(server, "SELECT count(*) FROM mail");

it("sends a mail with a plain and an HTML part, in UTF-8", async (t) => {
  const smtp = await mailServer(t);
  const server = await startServer(t, {
    smtp_url: smtp.url,
    mail_from: "Le Club <club@exemple.fr>",
  });
  const lea = await member(server, "Léa");
  const came = smtp.next();
  await forgot(server, lea.email);
  await came;
  const [{ to, text }] = smtp.mails;
  assert.deepEqual(to, [lea.email]);
  assert.match(text, /^From: \S+\s+<club@exemple\.fr>/m);
  assert.match(text, /^Subject: /m);
  assert.match(text, /^Message-ID: </im);
  assert.match(text, /^Date: /m);
  assert.match(text, /^Content-Type: multipart\/alternative/m);
  assert.match(text, /^Content-Type: text\/plain; charset=utf-8/im);
  assert.match(text, /^Content-Type: text\/html; charset=utf-8/im);
  await until(() => queued(server) === 0, 5000, "the mail stays in the queue");
});

it("answers the same, and sends nothing, for an unknown address", async (t) => {
  const smtp = await mailServer(t);
  const server = await startServer(t, { smtp_url: smtp.url });
  const lea = await member(server, "Léa");
  const known = await new Client(server).post("password.forgot", { email: lea.email });
  const unknown = await new Client(server).post("password.forgot", {
    email: "personne@exemple.fr",
  });
  assert.equal(known.status, 200);
  assert.equal(known.text, unknown.text);
  await until(() => smtp.mails.length === 1);
  await until(() => queued(server) === 0);
  assert.equal(smtp.mails.length, 1);
});

it("keeps a mail while the mail server is down, and sends it when it is back", async (t) => {
  const down = await mailServer(t);
  await down.close();
  const server = await startServer(t, { smtp_url: down.url });
  const lea = await member(server, "Léa");
  await forgot(server, lea.email);
  await until(() => server.log.includes("mail"), 10_000, "no failure in the log");
  await server.stop();
  assert.equal(queued(server), 1);
  letTimePass(server);
  const back = await mailServer(t, { port: down.port });
  const came = back.next();
  await server.start();
  await came;
  assert.deepEqual(back.mails[0].to, [lea.email]);
});

it("keeps a mail that is refused, and tries the others", async (t) => {
  let refusals = 0;
  const smtp = await mailServer(t, {
    behave: () => {
      if (refusals++ === 0) throw Object.assign(new Error("not now"), { responseCode: 451 });
    },
  });
  const server = await startServer(t, { smtp_url: smtp.url });
  const lea = await member(server, "Léa");
  const max = await member(server, "Max");
  const came = smtp.next();
  await forgot(server, lea.email);
  await until(() => refusals === 1);
  await forgot(server, max.email);
  await came;
  assert.deepEqual(smtp.mails[0].to, [max.email]);
  await until(() => queued(server) === 1);
});

it("gives up a mail to an address of nobody, and counts it", async (t) => {
  const smtp = await mailServer(t, { know: () => "550 5.1.1 Unknown user" });
  const server = await startServer(t, { smtp_url: smtp.url });
  const lea = await member(server, "Léa");
  await forgot(server, lea.email);
  await until(() => server.log.includes("event=MAIL"));
  assert.match(server.log, /event=MAIL .*step=refused attempt=1 code=550/);
  await until(() => queued(server) === 0, 10_000, "the mail stays in the queue");
  const { text } = await http({ socketPath: `${server.data}/admin.sock`, path: "/metrics" });
  assert.match(text, /^beffroi_mail_refused_total 1$/m);
});

for (const refusal of [
  "554 5.7.1 Relay access denied",
  "550 relay not permitted",
  "553 5.1.8 Sender address rejected",
]) {
  it(`keeps a mail that is answered "${refusal}", which somebody may mend`, async (t) => {
    const smtp = await mailServer(t, { know: () => refusal });
    const server = await startServer(t, { smtp_url: smtp.url });
    const lea = await member(server, "Léa");
    await forgot(server, lea.email);
    await until(() => value(server, "SELECT count(*) FROM mail WHERE attempts = 1") === 1);
    await until(() => server.log.includes("event=MAIL"));
    assert.match(
      server.log,
      new RegExp(`event=MAIL .*step=not_taken attempt=1 code=${refusal.slice(0, 3)}`),
    );
  });
}

it("loses nothing when it is stopped while the mail server is slow", async (t) => {
  let reached;
  const slow = new Promise((done) => (reached = done));
  let patient = true;
  const smtp = await mailServer(t, {
    behave: () => {
      if (!patient) return;
      reached();
      return new Promise(() => {});
    },
  });
  const server = await startServer(t, { smtp_url: smtp.url });
  const lea = await member(server, "Léa");
  await forgot(server, lea.email);
  await slow;
  const anne = await member(server, "Anne");
  await anne.ask("club.list"); // the rest of the server does not wait for it
  assert.equal(await server.stop(), 0);
  patient = false;
  const came = smtp.next();
  await server.start();
  await came;
  assert.deepEqual(smtp.mails.at(-1).to, [lea.email]);
});

it("writes .eml files where no mail server is configured", async (t) => {
  const server = await startServer(t);
  const lea = await member(server, "Léa");
  await forgot(server, lea.email);
  const folder = join(server.data, "mail");
  await until(
    () => server.has("mail") && readdirSync(folder).some((name) => name.endsWith(".eml")),
  );
  await until(() => queued(server) === 0);
  const [name] = readdirSync(folder);
  assert.match(readFileSync(join(folder, name), "utf8"), new RegExp(`^To: .*${lea.email}`, "m"));
});
