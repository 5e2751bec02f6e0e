// Rows of rooms: many small ones at once, where the cost is that of making a message durable.
import { startServer } from "../lib/server.mjs";
import { generalOf, interleaved, load, medianOf, populate, startFloor, targetOf } from "./kit.mjs";

const FRAME_BYTES = 700; // of the floor

/** 100 rooms of 20 members, in each of which one writes. */
export async function roomRows({ life, place, rounds, wanted, say }) {
  const row = "100 rooms × 20, one in flight each";
  if (!wanted(row)) return;
  const server = await startServer(life);
  const general = await generalOf(server);
  const codes = [...general.keys()].filter(Boolean).slice(0, 100);
  const code = (i) => codes[i % codes.length];
  const people = await populate(server, place, "piece", 2000, code, (i) => general.get(code(i)));
  const floor = await startFloor(life, FRAME_BYTES);
  const options = { people, sockets: 2000, senders: 1, messages: 5000, flow: 1 };
  const [served, floored] = await interleaved(
    rounds,
    () => load(targetOf(server), options),
    () => load(floor, options),
  );
  say({
    row,
    value: medianOf(served, "messages_per_s"),
    unit: "durable messages/s",
    reference: medianOf(floored, "messages_per_s"),
    ratio: medianOf(served, "cpu_us_per_message") / medianOf(floored, "cpu_us_per_message"),
    cpu_us_per_message: medianOf(served, "cpu_us_per_message"),
    floor_cpu_us_per_message: medianOf(floored, "cpu_us_per_message"),
  });
}
