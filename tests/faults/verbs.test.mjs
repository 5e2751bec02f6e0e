// The command line killed at the Nth call that changes something, made, half made or not made: what it was
// about is as before, or done, or says that it must be run again, and running it again does it.
import assert from "node:assert/strict";
import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { channelOf, connected } from "../lib/cast.mjs";
import { nonce } from "../lib/client.mjs";
import { rows, value } from "../lib/database.mjs";
import { Random, seed } from "../lib/random.mjs";
import { cli, folder, lifetime, Server, startServer } from "../lib/server.mjs";
import { bring, random as bytes } from "../lib/upload.mjs";
import { isKilled, sweep } from "./faults.mjs";

const TAKE = Number(process.env.TAKE ?? 6);
const KILLS = ["kill", "kill", "after", "tear"];
const TOWNS = `insee_com;lib_com;id_pvd;date_signature
01033;Valserhône;pvd-84-01-1;2021-03-12
01034;Belley;pvd-84-01-2;2021-04-22
01283;Oyonnax;pvd-84-01-3;2021-05-02
`;
const MEMBERS = `email;nom;role;departement
lea@exemple.fr;Léa Martin;partenaire;01
marc@exemple.fr;Marc Petit;lecteur;01
`;

describe(`kills on the command line (SEED=${seed})`, { timeout: 3_600_000 }, () => {
  const life = lifetime();
  const random = new Random();
  let place; // everything is in here
  let data; // what a verb works on
  let original; // its state before
  let backup;
  let erased; // a message that was erased since the backup
  let live; // one that was not

  before(async () => {
    place = folder(life);
    const server = await startServer(life);
    const anne = await connected(server, "Anne", { role: "animateur" });
    const { id: channel } = await channelOf(anne);
    const { key } = await bring(anne, "a.bin", bytes(70_000));
    live = await anne.call("message.post", {
      channel,
      body: "gardé",
      nonce: nonce(),
      files: [key],
    });
    erased = await anne.say(channel, "effacé");
    backup = join(place, "copy.db");
    assert.equal((await server.cli("backup", [backup])).code, 0);
    await anne.call("message.delete", { message: erased.id });
    await anne.say(channel, "depuis");
    await server.kill();
    data = join(place, "data");
    original = join(place, "original");
    rmSync(join(server.data, "admin.sock"));
    cpSync(server.data, original, { recursive: true });
    writeFileSync(join(place, "towns.csv"), TOWNS);
    writeFileSync(join(place, "members.csv"), MEMBERS);
  });

  const fresh = () => {
    rmSync(data, { recursive: true, force: true });
    cpSync(original, data, { recursive: true });
  };
  const isWhole = async (point) => {
    const { code, stdout, stderr } = await cli(["check", "--data", data]);
    assert.equal(code, 0, `${point}: ${stdout}${stderr}`);
  };
  const count = (sql) => value({ data }, `SELECT count(*) FROM ${sql}`);
  /** It was killed where it was to be, and does it when it is run again. */
  const again = async (words, { result, point, undisturbed }) => {
    assert.ok(undisturbed ? result.code === 0 : isKilled(result) || result.code === 0, point);
    const { code, stderr } = await cli(words);
    assert.equal(code, 0, `${point}: ${stderr}`);
    await isWhole(point);
  };
  const swept = async (t, words, judge, more = {}) => {
    const kills = await sweep(folder(t), random, {
      actions: KILLS,
      take: TAKE,
      prepare: fresh,
      run: (env) => cli(words, { env }),
      judge,
      ...more,
    });
    t.diagnostic(`${kills} kills`);
  };

  it("init: nothing half made is ever served", async (t) => {
    const words = ["init", "--data", data];
    await swept(
      t,
      words,
      async ({ result, point }) => {
        if (result.code === 0) return isWhole(point);
        const opened = await cli(["user", "list", "--data", data]);
        assert.ok(opened.code === 1 || count("club") === 102, point);
        if (opened.code === 1) await again(words, { result, point });
        assert.equal(count("club"), 102, point);
      },
      { prepare: () => rmSync(data, { recursive: true, force: true }) },
    );
  });

  it("backup: what is copied is not touched, and there is a whole copy or none", async (t) => {
    const target = join(place, "made.db");
    const other = join(place, "other");
    await swept(
      t,
      ["backup", "--data", data, target],
      async ({ result, point }) => {
        assert.ok(isKilled(result) || result.code === 0, point);
        await isWhole(point);
        if (existsSync(target)) {
          const { code, stderr } = await cli(["restore", "--data", other, target]);
          assert.equal(code, 0, `${point}: ${stderr}`);
          assert.equal((await cli(["check", "--data", other])).stdout, "ok\n", point);
        }
        const next = await cli(["backup", "--data", data, join(place, "next.db")]);
        assert.equal(next.code, 0, `${point}: ${next.stderr}`);
      },
      {
        prepare: () => {
          fresh();
          rmSync(other, { recursive: true, force: true });
          for (const name of readdirSync(place).filter((one) => /^(made|next)\.db/.test(one))) {
            rmSync(join(place, name), { recursive: true });
          }
        },
      },
    );
  });

  it("restore: nobody ever meets what was erased since, or an old epoch", async (t) => {
    const words = ["restore", "--data", data, backup];
    const epochOf = () => value({ data }, "SELECT value FROM meta WHERE key = 'epoch'");
    fresh();
    const old = epochOf();
    await swept(t, words, async ({ result, point, undisturbed }) => {
      const opened = await cli(["user", "list", "--data", data]);
      if (opened.code === 0) {
        const since = count("message WHERE body = 'depuis'");
        assert.ok(since === 1 || epochOf() !== old, `${point}: another state under an old epoch`);
        assert.equal(count(`message WHERE id = ${erased.id} AND body <> ''`), 0, point);
      } else {
        assert.match(opened.stderr, /half made|no database/, point); // there may be no file to ask
      }
      await again(words, { result, point, undisturbed });
      assert.notEqual(epochOf(), old, point);
      assert.equal(count(`message WHERE id = ${erased.id} AND body <> ''`), 0, point);
      assert.equal(count(`message WHERE id = ${live.id} AND body = 'gardé'`), 1, point);
      assert.equal(count("message WHERE body = 'depuis'"), 0, point);
      assert.deepEqual(
        readdirSync(data).filter((name) => /restore|check/.test(name)),
        [],
        point,
      );
    });
  });

  it("import towns: all of the list or nothing of it", async (t) => {
    const words = ["import", "towns", "--data", data, join(place, "towns.csv")];
    await swept(t, words, async (outcome) => {
      assert.ok([0, 3].includes(count("commune")), outcome.point);
      await again(words, outcome);
      assert.equal(count("commune"), 3, outcome.point);
    });
  });

  it("import members: each is invited once", async (t) => {
    const words = ["import", "members", "--data", data, join(place, "members.csv")];
    await swept(t, words, async (outcome) => {
      await again(words, outcome);
      const people = rows(
        { data },
        "SELECT email FROM person WHERE email GLOB '*@exemple.fr' ORDER BY 1",
      );
      assert.equal(new Set(people.map(({ email }) => email)).size, people.length, outcome.point);
      assert.equal(count("invitation"), 2, outcome.point);
    });
  });

  it("check: it never changes what it looks at", async (t) => {
    const words = ["check", "--data", data];
    await swept(t, words, async (outcome) => {
      await again(words, outcome);
      assert.equal(count("message WHERE body = 'depuis'"), 1, outcome.point);
    });
  });

  it("a start, with its checkpoint, and a shutdown: what was acknowledged stays", async (t) => {
    const start = async (env) => {
      const server = new Server(data, { env });
      try {
        await server.start();
        return { code: await server.stop() };
      } catch (error) {
        return { code: /SIGKILL|137/.exec(error.message)?.[0] ?? server.exited, error };
      }
    };
    await swept(
      t,
      undefined,
      async ({ result, point }) => {
        assert.ok(
          isKilled(result) || result.code === 0 || result.code === "137",
          `${point} ${result.error}`,
        );
        await isWhole(point);
        assert.equal(count("message WHERE body = 'depuis'"), 1, point);
      },
      { run: start, take: 2 * TAKE },
    );
  });
});
