// What a row of the tables is made of: bytes (characters are bytes, U+0000 to U+00FF), and how a
// WebSocket frame is written. Nothing is completed or checked here.

/** Lines with their CRLF, and the empty line that ends a head. */
export const head = (...lines) => lines.map((line) => line + "\r\n").join("") + "\r\n";

/** A GET with the Host it should have, and more fields. */
export const get = (target, ...fields) => head(`GET ${target} HTTP/1.1`, "Host: {host}", ...fields);

/** A POST of the command `club.list`, by somebody who may; its fields and body as told. */
export const post = (fields, body = "") =>
  head(
    "POST /api/v1/club.list HTTP/1.1",
    "Host: {host}",
    "Authorization: Bearer {token}",
    "Content-Type: application/json",
    ...fields,
  ) + body;

/** The upgrade of a client that does all as it should, but for the fields told; null takes one out. */
export function upgrade(changed = {}, { line = "GET /ws HTTP/1.1", more = [] } = {}) {
  const fields = {
    Host: "{host}",
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": "beffroi.v1",
    Authorization: "Bearer {token}",
    ...changed,
  };
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== null)
    .flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`));
  return head(line, ...lines, ...more);
}

/** Text as the bytes of its UTF-8. */
export const utf8 = (text) => Buffer.from(text, "utf8").toString("latin1");

const MASK = [0x37, 0xfa, 0x21, 0x3d];

/**
 * A frame as RFC 6455 5.2 draws it. `how`: final (true), masked (true), length (what is said, if not the
 * truth), form (7, 16 or 64 bits of length, if not the shortest), key (four bytes).
 */
export function frame(opcode, payload = "", how = {}) {
  const { final = true, masked = true, length = payload.length, key = MASK } = how;
  const form = how.form ?? (length < 126 ? 7 : length < 65536 ? 16 : 64);
  const count = Buffer.alloc(form === 7 ? 1 : form === 16 ? 3 : 9);
  if (form === 16) count.writeUInt16BE(length, 1);
  if (form === 64) count.writeBigUInt64BE(BigInt(length), 1);
  count[0] = (masked ? 0x80 : 0) | (form === 7 ? length : form === 16 ? 126 : 127);
  const bytes = Buffer.from(payload, "latin1");
  if (masked) for (let i = 0; i < bytes.length; i++) bytes[i] ^= key[i % 4];
  const parts = [Buffer.from([(final ? 0x80 : 0) | opcode]), count];
  return Buffer.concat([...parts, Buffer.from(masked ? key : []), bytes]).toString("latin1");
}

export const text = (payload, how) => frame(1, payload, how);
export const begin = (payload, how) => frame(1, payload, { final: false, ...how });
export const more = (payload, how) => frame(0, payload, { final: false, ...how });
export const end = (payload, how) => frame(0, payload, how);
export const binary = (payload, how) => frame(2, payload, how);
export const ping = (payload, how) => frame(9, payload, how);
export const pong = (payload, how) => frame(10, payload, how);

/** A close frame; without a code its body is empty. */
export const close = (code, reason = "") =>
  frame(8, code === undefined ? "" : String.fromCharCode(code >> 8, code & 255) + reason);

/** The application's harmless command. Its id comes back: that is our echo, of up to 64 characters. */
export const call = (id) => `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"method":"ping"}`;

/** The same as UTF-8, its id given as bytes, which may be anything. */
export const callOf = (bytes) => `{"jsonrpc":"2.0","id":"${bytes}","method":"ping"}`;

/** The same, made as long as told by spaces behind it, which are JSON too. */
export const callLong = (id, bytes) => call(id).padEnd(bytes);
