// Rows of the fan-out: CPU per delivery beside the floor (floor.c), in slices of a few messages that
// alternate between the two.
import { startServer } from "../lib/server.mjs";
import { backRows } from "./fan_back.mjs";
import { delayRows } from "./fan_delay.mjs";
import {
  beside,
  certificate,
  generalOf,
  hold,
  interleaved,
  load,
  medianOf,
  populate,
  startFloor,
  targetOf,
} from "./kit.mjs";

const SLICES = 8; // of each round
const ACTIVE = 50;
const IDLE = 10_000;

/** What one message at a time costs, for slices of about as many deliveries whatever the crowd. */
const single = (people, sockets) => ({
  people,
  sockets,
  messages: Math.max(2, Math.round(10_000 / sockets)),
});

/** The median of the ratios of single slices: what else the machine does falls on both of a pair. */
async function besideRow({ rounds, say }, row, goal, pairsOf) {
  const pairs = [];
  for (let round = 0; round < rounds; round++) pairs.push(await pairsOf());
  const all = pairs.flat();
  const ratio = (list) => medianOf(list, "ratio");
  say({
    row,
    value: medianOf(all, "served"),
    unit: "µs CPU per delivery",
    reference: medianOf(all, "floored"),
    ratio: ratio(all),
    goal,
    rounds: pairs.map(ratio),
  });
}

/** The two by runs of their own, one after the other: their people, or their number, do not fit in one. */
async function apart(times, one, other) {
  const [served, floored] = await interleaved(times, one, other);
  return served.map((result, i) => {
    const pair = [result.cpu_us_per_delivery, floored[i].cpu_us_per_delivery];
    return { served: pair[0], floored: pair[1], ratio: pair[0] / pair[1] };
  });
}

/** 50 who talk and 10,000 who hear nothing of it, beside a server where the 50 are alone. */
async function amongIdleRow(bench, row) {
  const { life, place } = bench;
  const [crowded, alone] = [await startServer(life), await startServer(life)];
  const files = [];
  for (const [i, server] of [crowded, alone].entries()) {
    const general = await generalOf(server);
    const channel = general.get("01");
    files.push(
      await populate(
        server,
        place,
        `cinquante${i}`,
        ACTIVE,
        () => "01",
        () => channel,
      ),
    );
  }
  const national = (await generalOf(crowded)).get("");
  const silent = await populate(
    crowded,
    place,
    "muet",
    1000,
    () => null,
    () => national,
  );
  await hold(life, targetOf(crowded), { people: silent, sockets: IDLE });
  const options = (people) => ({ people, sockets: ACTIVE, messages: 200 });
  const one = () => load(targetOf(crowded), options(files[0]));
  const other = () => load(targetOf(alone), options(files[1]));
  await besideRow(bench, row, 1.15, () => apart(SLICES, one, other));
}

const ROWS = {
  one: "1 → 1,000, one message at a time",
  five: "1 → 5,000, one message at a time",
  ten: "1 → 10,000, one message at a time",
  burst: "1 → 1,000, 16 senders at once",
  tls: "the same over TLS, beside the plain floor",
  among: "50 active among 10,000 idle, beside 50 alone",
};

async function floorRows(bench) {
  const { life, place, wanted } = bench;
  const { one, five, ten, burst, tls } = ROWS;
  if (![one, five, ten, burst, tls].some(wanted)) return;
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
  const row = (name, goal, options) =>
    wanted(name) &&
    besideRow(bench, name, goal, () =>
      beside(targetOf(server), floor, { slices: SLICES, ...options }),
    );
  await row(one, 1.15, single(people, 1000));
  await row(five, 1.15, single(people, 5000));
  if (wanted(ten)) {
    const options = { people, sockets: 10_000, messages: 10 };
    const runs = [targetOf(server), floor].map((target) => () => load(target, options));
    await besideRow(bench, ten, 1.4, () => apart(2, ...runs));
  }
  // The floor of a delivery is one send: measured one message at a time in these rows too.
  const many = { people, sockets: 1000, senders: 16, messages: 16 };
  await row(burst, 0.2, many);
  if (wanted(tls)) {
    Object.assign(server.config, certificate(place));
    await server.restart();
    await row(tls, 0.28, { ...many, tls: true });
  }
}

export async function fanRows(bench) {
  await floorRows(bench);
  if (bench.wanted(ROWS.among)) await amongIdleRow(bench, ROWS.among);
  await backRows(bench);
  await delayRows(bench);
}
