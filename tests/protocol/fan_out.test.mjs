// One message to many sockets: frames whole and in order on each, whatever becomes of the others.
import assert from "node:assert/strict";
import { once } from "node:events";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { channelOf, connected } from "../lib/cast.mjs";
import { Client } from "../lib/client.mjs";
import { http } from "../lib/http.mjs";
import { lifetime, startServer } from "../lib/server.mjs";
import { until } from "../lib/wait.mjs";

const BURST = 20; // sent in one packet
const EARS = 8;

describe("a fan-out", () => {
  const life = lifetime();
  let server, anne, channel;

  before(async () => {
    server = await startServer(life);
    anne = await connected(server, "Anne");
    channel = (await channelOf(anne)).id;
  });

  async function counter(name) {
    const path = join(server.data, "admin.sock");
    const { text } = await http({ socketPath: path, path: "/metrics" });
    return Number(new RegExp(`^beffroi_net_${name} (\\d+)$`, "m").exec(text)[1]);
  }

  /** Sockets of one more person. */
  const ears = async (name, count = EARS) => {
    const first = await connected(server, name);
    const others = Array.from({ length: count - 1 }, () => new Client(server, first.credential));
    await Promise.all(others.map((client) => client.connect()));
    return [first, ...others];
  };

  /** BURST messages in one packet; resolves when each was answered. */
  async function burst() {
    const wire = anne.socket._socket;
    wire.cork();
    const answers = Array.from({ length: BURST }, (_, i) => anne.say(channel, `salve ${i}`));
    wire.uncork();
    return (await Promise.all(answers)).map(({ id }) => id);
  }

  const heard = (client) =>
    client.facts.filter(({ fact }) => fact === "message.posted").map(({ message }) => message.id);

  const rising = (list) => [...list].sort((a, b) => a - b);

  it("keeps one order on every socket", async () => {
    const clients = await ears("Paul");
    const ids = rising(await burst());
    for (const client of clients) {
      await until(() => heard(client).length === BURST);
      assert.deepEqual(heard(client), ids);
      await client.close();
    }
  });

  it("leaves in few writes where much comes at once", async () => {
    const clients = await ears("Zoé");
    const before = await counter("writes_total");
    await burst();
    for (const client of clients) await until(() => heard(client).length === BURST);
    const writes = (await counter("writes_total")) - before;
    assert.ok(writes < ((BURST + 1) * EARS) / 2, `${writes} writes`);
    for (const client of clients) await client.close();
  });

  it("loses nothing for the others when sockets end in the middle of it", async () => {
    const clients = await ears("Max");
    const [gone, stay] = [clients.slice(0, EARS / 2), clients.slice(EARS / 2)];
    const sent = burst();
    for (const client of gone) client.socket._socket.resetAndDestroy();
    const ids = rising(await sent);
    for (const client of stay) {
      await until(() => heard(client).length === BURST);
      assert.deepEqual(heard(client), ids);
      await client.close();
    }
  });

  it("gives a slow reader its frames whole, pongs between them", async () => {
    const [slow] = await ears("Lou", 1);
    const before = await counter("backed_up_total");
    let pongs = 0;
    slow.socket.on("pong", () => pongs++);
    slow.socket._socket.pause();
    const ids = [];
    while ((await counter("backed_up_total")) === before) {
      ids.push((await anne.say(channel, "é".repeat(8000))).id);
      slow.socket.ping("?");
    }
    for (let i = 0; i < 3; i++) ids.push((await anne.say(channel, `fin ${i}`)).id);
    slow.socket._socket.resume();
    await until(() => heard(slow).length === ids.length);
    assert.deepEqual(heard(slow), ids);
    if (pongs === 0) await once(slow.socket, "pong");
    await slow.call("ping");
    await slow.close();
  });
});
