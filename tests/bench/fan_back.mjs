// Rows of being there: what an idle connection holds, what coming costs, and coming back after a cut.
import { startServer } from "../lib/server.mjs";
import { certificate, generalOf, load, medianOf, populate, targetOf } from "./kit.mjs";

const SOCKETS = 10_000;
const STATE = '{"jsonrpc":"2.0","id":1,"method":"state.get","params":{}}';

const ROWS = {
  rss: "RSS per idle connection, 10,000 open",
  hello: "connect, token, hello: server CPU",
  state: "first state: server CPU",
  back: "10,000 back after a cut",
};

/** One kind of line, in a server that starts anew each round: memory once had is not given back. */
async function measured(server, rounds, options) {
  const results = [];
  for (let round = 0; round < rounds; round++) {
    await server.restart();
    results.push(await load(targetOf(server), { sockets: SOCKETS, cut: true, ...options }));
  }
  return results;
}

function saying({ say, wanted }, results) {
  return (row, key, unit, goal) => {
    if (!wanted(row)) return;
    const values = results.map((result) => result[key]);
    const judged = { value: medianOf(results, key), unit, goal, values };
    say({ row, ...judged, rounds: values.map((value) => value / goal) });
  };
}

export async function backRows(bench) {
  const { life, place, rounds, wanted } = bench;
  const kinds = ["plain", "TLS", "TLS, resumed"];
  const names = [ROWS.hello, ROWS.state];
  for (const kind of kinds) names.push(`${ROWS.rss}: ${kind}`, `${ROWS.back}: ${kind}`);
  if (!names.some(wanted)) return;
  const server = await startServer(life);
  const national = (await generalOf(server)).get("");
  const people = await populate(
    server,
    place,
    "foule",
    1000,
    () => null,
    () => national,
  );

  const plain = saying(bench, await measured(server, rounds, { people, question: STATE }));
  plain(`${ROWS.rss}: plain`, "kb_per_connection", "KB each", 4);
  plain(ROWS.hello, "cpu_us_per_connection", "µs each", 150);
  plain(ROWS.state, "cpu_us_per_answer", "µs each", 1000);
  plain(`${ROWS.back}: plain`, "back_cpu_s", "s of one core", 3);

  if (!names.some((name) => name.includes("TLS") && wanted(name))) return;
  Object.assign(server.config, certificate(place));
  const tls = saying(bench, await measured(server, rounds, { people, tls: true }));
  tls(`${ROWS.rss}: TLS`, "kb_per_connection", "KB each", 19);
  tls(`${ROWS.back}: TLS`, "back_cpu_s", "s of one core", 8);
  const again = { people, tls: true, resumption: true };
  const resumed = saying(bench, await measured(server, rounds, again));
  resumed(`${ROWS.back}: TLS, resumed`, "back_cpu_s", "s of one core", 4);
}
