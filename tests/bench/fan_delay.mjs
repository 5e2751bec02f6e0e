// Rows of delay: from the sender's send to each screen, beside what one fdatasync takes on this disk.
import { startServer } from "../lib/server.mjs";
import { generalOf, load, medianOf, populate, targetOf } from "./kit.mjs";

const MESSAGES = 200; // on an idle server, 50 ms apart
const MINUTE_MS = 60_000;
const QUESTIONS = 1000; // in a minute
const SHARE = process.env.LONG ? 1 : 0.2; // of that minute, at the same pace
const LISTENERS = 1500;

async function idleRows({ place, rounds, say, wanted }, names, server, people) {
  if (!names.some(wanted)) return;
  const results = [];
  for (let round = 0; round < rounds; round++) {
    const options = { people, sockets: 20, messages: MESSAGES, every: 50, disk: `${place}/disk` };
    results.push(await load(targetOf(server), options));
  }
  for (const [i, [part, more]] of [
    ["p50", 0.6],
    ["p99", 1.5],
  ].entries()) {
    const over = results.map((result) => result[`${part}_ms`] - result[`sync_${part}_ms`]);
    say({
      row: names[i],
      value: medianOf(results, `${part}_ms`),
      unit: `ms (sync + ${more})`,
      reference: medianOf(results, `sync_${part}_ms`),
      goal: medianOf(results, `sync_${part}_ms`) + more,
      rounds: over.map((ms) => ms / more),
    });
  }
}

async function questionRow({ rounds, say, wanted }, row, server, people) {
  if (!wanted(row)) return;
  const messages = Math.round(QUESTIONS * SHARE);
  const every = MINUTE_MS / QUESTIONS;
  const results = [];
  for (let round = 0; round < Math.min(rounds, 3); round++) {
    const options = { people, sockets: LISTENERS, senders: LISTENERS, messages, every };
    results.push(await load(targetOf(server), options));
  }
  const seconds = Math.round((messages * every) / 1000);
  say({
    row: `${row} (${seconds} s of it)`,
    value: medianOf(results, "p99_ms"),
    unit: "ms p99",
    goal: 100,
    values: results.map((result) => result.p99_ms),
    rounds: results.map((result) => result.p99_ms / 100),
  });
}

export async function delayRows(bench) {
  const { life, place, wanted } = bench;
  const names = ["1 → 20 on an idle server, p50", "1 → 20 on an idle server, p99"];
  const questions = "1,500 sockets, 1,000 questions a minute";
  if (![...names, questions].some(wanted)) return;
  const server = await startServer(life);
  const national = (await generalOf(server)).get("");
  const people = await populate(
    server,
    place,
    "amphi",
    LISTENERS,
    () => null,
    () => national,
  );
  await idleRows(bench, names, server, people);
  await questionRow(bench, questions, server, people);
}
