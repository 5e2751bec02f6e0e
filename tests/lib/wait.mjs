// Waiting for what is announced, never for time to pass.

/** The promise, or an error that tells what did not come. */
export function deadline(promise, ms, what) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(
      () => fail(new Error(`after ${ms} ms: ${typeof what === "function" ? what() : what}`)),
      ms,
    );
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Asks again until `ask` gives something true: only for what nobody announces (a file, a queue). */
export async function until(ask, ms = 10_000, what = String(ask)) {
  const end = Date.now() + ms;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > end) throw new Error(`after ${ms} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
