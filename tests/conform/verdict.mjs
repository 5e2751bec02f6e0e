// Whether what came back is what a row wants.

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const sorted = (list) => list.map(String).sort();

/** What an exchange of HTTP came to: a status, several, "cut" or "waits". */
export function outcomeOf({ got, closed, statuses }) {
  if (got === "") return closed ? "cut" : "waits";
  return statuses.length === 1 ? statuses[0] : statuses;
}

/** @returns {string | undefined} what is wrong */
export function httpFault(row, want, played) {
  const outcome = outcomeOf(played);
  if (![want].flat().some((one) => same(one, outcome))) {
    return `${JSON.stringify(outcome)} for ${JSON.stringify(want)}: ${played.got.slice(0, 300)}`;
  }
  if (row.must && !row.must.test(played.got)) return `${row.must} is not in ${played.got}`;
  if (row.never?.test(played.got)) return `${row.never} is in ${played.got}`;
  if (row.bodiless && !played.got.endsWith("\r\n\r\n")) return `a body: ${played.got}`;
}

/** @returns {string | undefined} what is wrong */
export function socketFault(want, told) {
  const said = JSON.stringify({ ...told, got: undefined });
  const complain = (what) => `${what}: ${said} for ${JSON.stringify(want)}`;
  if (want.ids !== "any" && !same(sorted(want.ids ?? []), sorted(told.ids))) return complain("ids");
  if (!same(want.errors ?? [], told.errors)) return complain("errors");
  const pongs = want.lastPong === undefined ? told.pongs : told.pongs.slice(-1);
  const wanted = want.lastPong === undefined ? (want.pongs ?? []) : [want.lastPong];
  if (!same(wanted, pongs)) return complain("pongs");
  if (want.fails !== undefined) {
    // RFC 6455 7.1.7: the close frame before the end is a SHOULD.
    const failed = told.close === want.fails || (told.close === undefined && told.closed);
    return failed ? undefined : complain("not failed");
  }
  if (told.close !== want.close) return complain("close");
  if (want.close === undefined && told.closed) return complain("cut");
}
