// Rows of the fan-out: what a delivery costs, beside the floor (floor.c) in the same run.
import { startServer } from "../lib/server.mjs";
import { generalOf, interleaved, load, medianOf, populate, startFloor, targetOf } from "./kit.mjs";

/** `rounds` times the server and the floor, side by side: CPU per delivery of both. */
async function fanOutRow({ rounds, say }, row, goal, ofServer, ofFloor) {
  const [served, floored] = await interleaved(rounds, ofServer, ofFloor);
  const cost = medianOf(served, "cpu_us_per_delivery");
  const least = medianOf(floored, "cpu_us_per_delivery");
  say({
    row,
    value: cost,
    unit: "µs CPU per delivery",
    reference: least,
    ratio: cost / least,
    goal,
    messages_per_s: medianOf(served, "messages_per_s"),
    rounds: served.map((result, i) => result.cpu_us_per_delivery / floored[i].cpu_us_per_delivery),
  });
}

async function idleRow({ say }, server, floor, people) {
  await server.restart();
  const idle = await load(targetOf(server), { people, sockets: 10_000 });
  const bare = await load(floor, { people, sockets: 10_000 });
  say({
    row: "RSS per idle connection, 10,000 open",
    value: idle.kb_per_connection,
    unit: "KB each",
    reference: bare.kb_per_connection,
    goal: 4,
    cpu_us_per_connection: idle.cpu_us_per_connection,
  });
}

export async function fanRows(bench) {
  const { life, place, wanted } = bench;
  const rows = ["fan-out 1 → 1,000, one sender", "fan-out 1 → 1,000, 16 at once", "RSS per idle"];
  if (!rows.some(wanted)) return;
  const server = await startServer(life);
  const national = (await generalOf(server)).get("");
  const people = await populate(
    server,
    place,
    "salle",
    1000,
    () => null,
    () => national,
  );
  const probe = await load(targetOf(server), { people, sockets: 20, messages: 20 });
  const floor = await startFloor(life, probe.bytes_per_delivery);
  const single = { people, sockets: 1000, senders: 1, messages: 100 };
  const burst = { ...single, senders: 16, messages: 1600 };
  const floored = () => load(floor, single);
  if (wanted(rows[0])) {
    await fanOutRow(bench, rows[0], 1.15, () => load(targetOf(server), single), floored);
  }
  if (wanted(rows[1])) {
    // The floor of a delivery is one send: measured one message at a time in both rows.
    await fanOutRow(bench, rows[1], 0.2, () => load(targetOf(server), burst), floored);
  }
  if (wanted(rows[2])) await idleRow(bench, server, floor, people);
}
