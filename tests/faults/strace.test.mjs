// The same kills by the kernel's own count of system calls, with nothing preloaded: `strace -e inject`.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, it } from "node:test";
import { channelOf, connected } from "../lib/cast.mjs";
import { nonce } from "../lib/client.mjs";
import { Random, seed } from "../lib/random.mjs";
import { startServer } from "../lib/server.mjs";

const KILLS = Number(process.env.KILLS ?? (process.env.LONG ? 200 : 8));
const CALLS = [
  "write",
  "pwrite64",
  "fdatasync",
  "fsync",
  "renameat",
  "unlink",
  "ftruncate",
  "sendto",
  "openat",
];
const traced = spawnSync("strace", ["-f", "-o", "/dev/null", "true"]);
const skip = traced.status !== 0 && "skipped: strace is not installed, or may not trace here";

/** The server is the process that is started: strace detaches itself from it. */
const under = (call, number) => [
  ..."strace -D -f -qq -o /dev/null".split(" "),
  ...["-e", `trace=${call}`, "-e", `inject=${call}:signal=KILL:when=${number}`],
];

describe(`kills at the Nth system call (SEED=${seed})`, { skip, timeout: 3_600_000 }, () => {
  it(`loses nothing in ${KILLS} kills`, async (t) => {
    const random = new Random();
    const server = await startServer(t);
    const anne = await connected(server, "Anne");
    const { id: channel } = await channelOf(anne);
    const kept = [];
    let killed = 0;
    for (let round = 0; round < KILLS; round++) {
      await server.stop();
      server.log = "";
      const call = random.pick(CALLS);
      server.config.under = under(call, random.between(1, 25));
      const sent = { channel, body: `n° ${round}`, nonce: nonce() };
      try {
        await server.start();
        await anne.connect();
        for (let i = 0; i < 20; i++) kept.push((await anne.say(channel, `${round}/${i}`)).id);
        await anne.call("message.post", sent);
      } catch (error) {
        // Its helper is counted and killed too: without one it does not start.
        const ended = /serve ended with SIGKILL|event=HELPER_FAILED/.test(error.message);
        assert.ok(error.lost || ended, error.stack);
      }
      killed += (await server.stop()) === "SIGKILL";
      server.config.under = [];
      await server.start();
      await anne.connect();
      const { id } = await anne.call("message.post", sent);
      kept.push(id);
      const { code, stdout, stderr } = await server.cli("check");
      assert.equal(code, 0, `${call}: ${stdout}${stderr}`);
    }
    const there = [];
    for (let before; ; before = there[0]) {
      const page = await anne.call("message.list", {
        channel,
        limit: 100,
        ...(before && { before }),
      });
      there.unshift(...page.messages.map((message) => message.id));
      if (!page.more_before) break;
    }
    assert.equal(new Set(there).size, there.length);
    for (const id of kept) assert.ok(there.includes(id), `${id} was acknowledged`);
    assert.ok(killed > 0, "none was killed");
    t.diagnostic(`${killed} were killed, the others had fewer calls to make`);
  });
});
