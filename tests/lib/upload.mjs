// Files brought by tus, as a client would, and badly.
import { randomBytes } from "node:crypto";
import { exchange, request } from "./raw.mjs";
import { until } from "./wait.mjs";

export const TUS = { "tus-resumable": "1.0.0" };
export const TYPE = { "content-type": "application/offset+octet-stream" };

const base64 = (text) => Buffer.from(text).toString("base64");

/** POST /fichiers: the whole answer. A header that is null is left out. */
export function announce(client, name, bytes, headers = {}) {
  const sent = {
    ...client.headers(),
    ...TUS,
    "upload-length": String(bytes),
    "upload-metadata": `filename ${base64(name)}`,
    ...headers,
  };
  return client.server.fetch("/fichiers", { method: "POST", headers: present(sent) });
}

const present = (headers) =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== null));

/** PATCH of these bytes: the whole answer. */
export function patch(client, path, offset, data, headers = {}) {
  const sent = {
    ...client.headers(),
    ...TUS,
    ...TYPE,
    "upload-offset": String(offset),
    ...headers,
  };
  return client.server.fetch(path, { method: "PATCH", headers: present(sent), body: data });
}

/** HEAD: how far it is. */
export const look = (client, path, headers = {}) =>
  client.server.fetch(path, {
    method: "HEAD",
    headers: { ...client.headers(), ...TUS, ...headers },
  });

/** The offset, once nobody is bringing it any more. */
export async function offsetOf(client, path) {
  const answer = await until(async () => {
    const told = await look(client, path);
    return told.status !== 423 && told;
  });
  if (answer.status !== 200) throw new Error(`HEAD ${path}: ${answer.status}`);
  return Number(answer.headers["upload-offset"]);
}

/** Announced and brought whole: its path and its key. */
export async function bring(client, name, data) {
  const made = await announce(client, name, data.length);
  if (made.status !== 201) throw new Error(`announce: ${made.status} ${made.text}`);
  const path = made.headers.location;
  const sent = await patch(client, path, 0, data);
  if (sent.status !== 204) throw new Error(`patch: ${sent.status} ${sent.text}`);
  return { path, key: path.split("/").pop() };
}

/** Announced: its path. */
export async function announced(client, bytes, name = "fichier.bin") {
  const made = await announce(client, name, bytes);
  if (made.status !== 201) throw new Error(`announce: ${made.status} ${made.text}`);
  return made.headers.location;
}

/** The head of a PATCH as text. */
export const patchText = (client, path, offset, length, headers = {}) =>
  request(client.server, `PATCH ${path}`, {
    ...client.headers(),
    ...TUS,
    ...TYPE,
    "upload-offset": String(offset),
    "content-length": String(length),
    ...headers,
  });

/** A PATCH of `length` bytes of which only `sent` come; the connection stays open: its socket. */
export async function begin(client, path, offset, length, sent) {
  const head = Buffer.from(patchText(client, path, offset, length), "latin1");
  const { socket } = await exchange(client.server, "", { keep: true, idle: 1 });
  socket.removeAllListeners("error").on("error", () => {});
  await new Promise((done) => socket.write(Buffer.concat([head, sent]), done));
  return socket;
}

/** Content of no kind. Chance alone begins like a picture once in a thousand times: a broken one, refused. */
export function random(bytes) {
  const data = randomBytes(bytes);
  data.write("hasard ");
  return data;
}
