// The well-behaved member beside an attack: what it waits for its answers, and what the server counts.
import { join } from "node:path";
import { http } from "../lib/http.mjs";

const EVERY_MS = 20;
const pause = () => new Promise((done) => setTimeout(done, EVERY_MS));

/** The value at this part of a list, in milliseconds. */
export function quantile(list, part) {
  const sorted = [...list].sort((a, b) => a - b);
  return Number((sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN).toFixed(1));
}

/**
 * Asks over its socket and by fresh connections until told to stop; what does not come counts as long
 * as it was waited for. `stop()` gives {socket: [ms], http: [ms]}.
 */
export function beside(client) {
  const waits = { socket: [], http: [] };
  let going = true;
  const again = async (list, ask) => {
    while (going) {
      const begun = performance.now();
      await ask();
      list.push(performance.now() - begun);
      await pause();
    }
  };
  const asked = again(waits.socket, () => client.call("ping"));
  const fetched = again(waits.http, async () => {
    const { status } = await client.server.fetch("/healthz");
    if (status !== 200) throw new Error(`healthz: ${status}`);
  });
  const ended = Promise.all([asked, fetched]);
  ended.catch(() => {}); // told by stop()
  return {
    waits,
    async stop() {
      going = false;
      await ended;
      return waits;
    },
  };
}

/** A number of the server's metrics. */
export async function metric(server, name) {
  const { text } = await http({ socketPath: join(server.data, "admin.sock"), path: "/metrics" });
  return Number(new RegExp(`^beffroi_${name} (\\d+)$`, "m").exec(text)[1]);
}
