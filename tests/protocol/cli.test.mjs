// The command line: help, exit codes, beside a running server and without.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { channelOf, member } from "../lib/cast.mjs";
import { Client } from "../lib/client.mjs";
import { cli, folder, lifetime, makeData, startServer } from "../lib/server.mjs";

const VERBS = [
  "serve",
  "init",
  "demo",
  "user add",
  "user list",
  "user disable",
  "user password",
  "token create",
  "import towns",
  "import members",
  "person export",
  "person erase",
  "check",
  "backup",
  "restore",
];

describe("the command line", () => {
  it("lists every verb in its help", async () => {
    const { code, stdout } = await cli(["help"]);
    assert.equal(code, 0);
    for (const verb of VERBS) assert.ok(stdout.includes(`  ${verb} `), verb);
  });

  for (const verb of VERBS) {
    it(`explains ${verb} with --help`, async () => {
      const { code, stdout, stderr } = await cli([...verb.split(" "), "--help"]);
      assert.equal(code, 0);
      assert.equal(stderr, "");
      assert.match(stdout, new RegExp(`beffroi ${verb} .*--data DIR`, "s"));
    });

    it(`ends ${verb} with 2 and its usage when --data is missing`, async () => {
      const { code, stderr } = await cli(verb.split(" "));
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`beffroi ${verb}`));
    });
  }

  it("ends with 2 on an unknown verb or option", async () => {
    assert.equal((await cli(["sing"])).code, 2);
    assert.equal((await cli(["check", "--loud"])).code, 2);
  });

  it("ends with 1 and says what to do where there is no data", async (t) => {
    const { code, stderr } = await cli(["user", "list", "--data", join(folder(t), "none")]);
    assert.equal(code, 1);
    assert.match(stderr, /beffroi init/);
  });

  it("refuses init and demo on data that is there, and changes nothing", async (t) => {
    const data = await makeData(folder(t));
    for (const verb of ["init", "demo"]) {
      assert.equal((await cli([verb, "--data", data])).code, 1, verb);
    }
    assert.equal((await cli(["check", "--data", data])).code, 0);
  });
});

/** The same verbs, through a server that holds the data and as the one writer. */
for (const beside of [true, false]) {
  describe(`accounts ${beside ? "beside a running server" : "without a server"}`, () => {
    const life = lifetime();
    let server;
    before(async () => {
      server = await startServer(life);
      if (!beside) await server.stop();
    });

    it("adds a user and prints the password alone", async () => {
      const { code, stdout } = await server.cli("user add", ["lea@exemple.fr", "Léa"]);
      assert.equal(code, 0);
      assert.match(stdout, /^\S{12,}\n$/);
    });

    it("refuses an address that is taken, and one that is none", async () => {
      await server.cli("user add", ["jo@exemple.fr", "Jo"]);
      assert.equal((await server.cli("user add", ["JO@exemple.fr", "Jo"])).code, 1);
      assert.equal((await server.cli("user add", ["pas une adresse", "Jo"])).code, 1);
    });

    it("lists users, disables one, gives another a new password", async () => {
      await server.cli("user add", ["max@exemple.fr", "Max"]);
      const listed = await server.cli("user list");
      assert.equal(listed.code, 0);
      assert.match(listed.stdout, /max@exemple\.fr/);
      assert.equal((await server.cli("user disable", ["max@exemple.fr"])).code, 0);
      const changed = await server.cli("user password", ["max@exemple.fr"]);
      assert.equal(changed.code, 0);
      assert.match(changed.stdout, /^\S{12,}\n$/);
      assert.equal((await server.cli("user disable", ["absent@exemple.fr"])).code, 1);
    });

    it("makes a token, printed alone, that lets in", async () => {
      await server.cli("user add", ["script@exemple.fr", "Script"]);
      const { code, stdout } = await server.cli("token create", ["--user", "script@exemple.fr"]);
      assert.equal(code, 0);
      assert.match(stdout, /^\S{20,}\n$/);
      if (!beside) return;
      const client = new Client(server, { token: stdout.trim() });
      assert.equal((await client.post("club.list")).status, 200);
    });

    it("checks the data", async () => {
      const { code, stdout } = await server.cli("check");
      assert.equal(code, 0, stdout);
    });
  });
}

describe("tokens", () => {
  const life = lifetime();
  let server;
  before(async () => {
    server = await startServer(life);
  });

  it("lets a token of scope read look and not touch", async () => {
    const anne = await member(server, "Anne", { scope: "read" });
    const channel = await channelOf(anne);
    const refused = await anne.post("message.post", {
      channel: channel.id,
      body: "non",
      nonce: "12345678",
    });
    assert.equal(refused.status, 403);
  });

  it("keeps no token readable in the data directory", async () => {
    const { code, stdout } = await server.cli("user add", ["k@exemple.fr", "K"]);
    assert.equal(code, 0);
    const token = (await server.cli("token create", ["--user", "k@exemple.fr"])).stdout.trim();
    await server.stop();
    const { readFileSync } = await import("node:fs");
    const bytes = readFileSync(join(server.data, "beffroi.db"));
    assert.equal(bytes.indexOf(token), -1);
    assert.equal(bytes.indexOf(stdout.trim()), -1);
    await server.start();
  });
});

describe("import towns", () => {
  const CSV =
    "id_pvd;lib_com;insee_com;date_signature\n" +
    "pvd-01-01;Nantua;01269;2021-03-01\npvd-01-01;Montréal-la-Cluse;01265;2021-03-01\n;Belley;01034;\n";

  it("reports what it would change, changes it, and then nothing", async (t) => {
    const server = await startServer(t);
    const file = join(server.data, "..", "towns.csv");
    writeFileSync(file, CSV);
    const dry = await server.cli("import towns", [file, "--dry-run"]);
    assert.equal(dry.code, 0, dry.stderr);
    const first = await server.cli("import towns", [file]);
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stdout, /2/);
    const again = await server.cli("import towns", [file]);
    assert.equal(again.code, 0);
    assert.notEqual(again.stdout, first.stdout);
  });

  it("changes nothing for a file it cannot read", async (t) => {
    const server = await startServer(t);
    const file = join(server.data, "..", "towns.csv");
    writeFileSync(file, "colour;shape\nred;round\n");
    const { code, stderr } = await server.cli("import towns", [file]);
    assert.equal(code, 1);
    assert.match(stderr, /./);
  });
});

it("makes links of the server's public address when no server runs", async (t) => {
  const server = await startServer(t, { public_url: "http://localhost:4321" });
  await server.stop();
  const file = join(server.data, "..", "membres.csv");
  writeFileSync(file, "e-mail;nom;poste;territoire\nlea@exemple.fr;Léa;partenaire;01\n");
  const { code, stdout, stderr } = await server.cli("import members", [file]);
  assert.equal(code, 0, stdout + stderr);
  const mail = execFileSync("sqlite3", [join(server.data, "beffroi.db"), "SELECT plain FROM mail"]);
  assert.match(String(mail), /http:\/\/localhost:4321\/invitation#/);
  await server.start();
});
