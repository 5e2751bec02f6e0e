// The write-ahead log under readers that never pause: it stays within its bound, and nobody is refused.
import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "node:test";
import { nonce } from "../lib/client.mjs";
import { bytesOf, house, LONG, limit } from "./house.mjs";
import { metric } from "./watch.mjs";

const SECONDS = 60;
const words = "place halle marché commerce rénovation façade école mairie projet subvention".split(
  " ",
);

/** A text of about 7,000 letters, and of words that others use too. */
function text(i) {
  const start = `message ${i} `;
  return start + Array.from({ length: 900 }, (_, k) => words[(i + k * 7) % words.length]).join(" ");
}

const skip = !LONG && "only with LONG=1; tests/unit/test_gate.c shows the rule";
it("the log stays within its bound, however much is read meanwhile", { skip }, async (t) => {
  const { server, anne, channel } = await house(t, 1);
  await anne.close(); // all goes over HTTP: a socket would be told each message too
  const log = join(server.data, "beffroi.db-wal");
  const end = performance.now() + SECONDS * 1000;
  const going = () => performance.now() < end;
  let largest = 0;
  let read = 0;
  let written = 0;
  const look = setInterval(() => (largest = Math.max(largest, bytesOf(log))), 10);

  const reader = async (i) => {
    while (going()) {
      await anne.ask("message.search", { query: words[(i + read) % words.length] });
      read++;
    }
  };
  const writer = async () => {
    while (going())
      await anne.ask("message.post", { channel, body: text(written++), nonce: nonce() });
  };
  t.after(() => clearInterval(look));
  await Promise.all([
    ...Array.from({ length: 8 }, (_, i) => reader(i)),
    ...Array.from({ length: 4 }, writer),
  ]);
  const bound = limit("LIMIT_WAL_BYTES");
  const renewals = await metric(server, "log_renewals_total");
  console.log(`# ${JSON.stringify({ largest, bound, renewals, read, written })}`);
  assert.ok(largest < bound, `${largest} bytes, at most ${bound}`);
});
