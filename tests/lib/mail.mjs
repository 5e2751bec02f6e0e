// A mail server of npm's smtp-server, and what came to it, taken apart.
import { SMTPServer } from "smtp-server";
import { deadline } from "./wait.mjs";

/** A mail server that keeps what it gets. `behave(count)` may throw, or wait; `know(address)` may say by which
 *  answer to RCPT an address is refused ("550 5.1.1 nobody"). */
export async function mailServer(t, { port = 0, behave = () => {}, know = () => {} } = {}) {
  const mails = [];
  const watchers = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    disableReverseLookup: true,
    closeTimeout: 100,
    logger: false,
    onRcptTo({ address }, _session, done) {
      const [, code, words] = /^(\d{3}) (.*)$/.exec(know(address) ?? "") ?? [];
      done(code && Object.assign(new Error(words), { responseCode: Number(code) }));
    },
    async onData(stream, session, done) {
      let text = "";
      for await (const chunk of stream) text += chunk;
      try {
        await behave(mails.length);
      } catch (error) {
        return done(Object.assign(error, { responseCode: error.responseCode ?? 451 }));
      }
      mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text });
      done();
      for (const watcher of watchers.splice(0)) watcher();
    },
  });
  smtp.on("error", () => {});
  await new Promise((done) => smtp.listen(port, "127.0.0.1", done));
  const close = () => new Promise((done) => smtp.close(done));
  t.after(close);
  const next = () => deadline(new Promise((done) => watchers.push(done)), 15_000, "no mail came");
  return {
    url: `smtp://127.0.0.1:${smtp.server.address().port}`,
    port: smtp.server.address().port,
    mails,
    next,
    close,
  };
}

// --- MIME, as far as our own mail goes (RFC 2045, 2046, 2047) ---------------------------------------

const unfolded = (head) => head.replace(/\r\n[ \t]+/g, " ");

/** Words that were encoded, as they read. */
function decodedWords(text) {
  return text
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, data) =>
      Buffer.from(data, "base64").toString("utf8"),
    );
}

function headersOf(head) {
  const lines = unfolded(head).split("\r\n");
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), decodedWords(line.slice(colon + 1).trim())];
    }),
  );
}

/** `text/calendar; method=REQUEST` taken apart. */
function typeOf({ "content-type": value = "text/plain" }) {
  const [type, ...rest] = value.split(";").map((word) => word.trim());
  const params = rest.map((word) => {
    const [, name, quoted, bare] = /^([^=]+)=(?:"([^"]*)"|(.*))$/.exec(word);
    return [name.toLowerCase(), quoted ?? bare];
  });
  return { type: type.toLowerCase(), params: Object.fromEntries(params) };
}

/** A mail's headers, and its parts in order: {type, params, headers, text}. */
export function parseMail(text) {
  const end = text.indexOf("\r\n\r\n");
  const headers = headersOf(text.slice(0, end));
  const { type, params } = typeOf(headers);
  const body = text.slice(end + 4);
  if (type.startsWith("multipart/")) {
    const inside = body.split(`--${params.boundary}`).slice(1, -1);
    const parts = inside.flatMap((part) => parseMail(part.replace(/^\r\n/, "")).parts);
    return { headers, parts };
  }
  const coded = headers["content-transfer-encoding"] === "base64";
  const read = coded ? Buffer.from(body, "base64").toString("utf8") : body;
  return { headers, parts: [{ type, params, headers, text: read }] };
}
