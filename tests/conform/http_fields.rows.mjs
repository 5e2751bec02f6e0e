// Host and the fields (RFC 9112 3.2 and 5, RFC 9110 5, RFC 6585). CR, LF and NUL in a value may be taken
// for a space (9110 5.5): in a field that nobody knows, that is a 200.
import { get, head } from "./wire.mjs";

const HOST = "Host: {host}";

export default [
  // --- Host -------------------------------------------------------------------------------------------
  { name: "no Host", rfc: "9112 3.2", send: head("GET /healthz HTTP/1.1"), want: 400 },
  { name: "two Hosts", rfc: "9112 3.2", send: get("/healthz", "Host: {host}"), want: 400 },
  {
    name: "two Hosts that differ",
    rfc: "9112 3.2",
    send: get("/healthz", "Host: evil.example"),
    want: 400,
  },
  {
    name: "two Hosts in HTTP/1.0",
    rfc: "9112 3.2",
    send: head("GET /healthz HTTP/1.0", HOST, HOST),
    want: 400,
  },
  {
    name: "an empty Host",
    rfc: "9112 3.2",
    send: head("GET /healthz HTTP/1.1", "Host:"),
    want: [200, 400],
  },
  {
    name: "a Host that is a list",
    rfc: "9112 3.2",
    send: head("GET /healthz HTTP/1.1", "Host: {host}, evil.example"),
    want: 400,
  },
  {
    name: "a Host with a path",
    rfc: "9112 3.2",
    send: head("GET /healthz HTTP/1.1", "Host: {host}/x"),
    want: 400,
  },
  {
    name: "a Host with a user",
    rfc: "9112 3.2",
    send: head("GET /healthz HTTP/1.1", "Host: me@{host}"),
    want: 400,
  },
  {
    name: "a Host with a space",
    rfc: "9112 3.2",
    send: head("GET /healthz HTTP/1.1", "Host: a b"),
    want: 400,
  },
  {
    name: "a Host whose port is none",
    rfc: "9112 3.2",
    send: head("GET /healthz HTTP/1.1", "Host: localhost:abc"),
    want: 400,
  },
  {
    name: "a foreign Host on what anybody may ask",
    rfc: "9110 7.4",
    send: head("GET /healthz HTTP/1.1", "Host: evil.example"),
    want: [200, 400, 421],
  },
  {
    name: "a foreign Host on a command",
    rfc: "9110 7.4",
    send: head("POST /api/v1/session.open HTTP/1.1", "Host: evil.example", "Content-Length: 0"),
    want: [400, 421],
  },
  {
    name: "Host in capitals, no space, more spaces",
    rfc: "9112 5.1",
    send: head("GET /healthz HTTP/1.1", "HOST:  {host}  "),
    want: 200,
  },

  // --- fields -----------------------------------------------------------------------------------------
  {
    name: "a space before the colon",
    rfc: "9112 5.1",
    send: get("/healthz", "Accept : */*"),
    want: 400,
  },
  {
    name: "a tab before the colon",
    rfc: "9112 5.1",
    send: get("/healthz", "Accept\t: */*"),
    want: 400,
  },
  {
    name: "a space before the colon of Content-Length",
    rfc: "9112 5.1",
    send: get("/healthz", "Content-Length : 2") + "{}",
    want: 400,
  },
  {
    name: "a space before the colon of Transfer-Encoding",
    rfc: "9112 5.1",
    send: get("/healthz", "Transfer-Encoding : chunked"),
    want: 400,
  },
  {
    name: "a folded field",
    rfc: "9112 5.2",
    send: get("/healthz", "Accept: text/html,", " */*"),
    want: [200, 400],
  },
  {
    name: "a folded field nobody knows",
    rfc: "9112 5.2",
    send: get("/healthz", "X-Long: a", "\tb"),
    want: [200, 400],
  },
  {
    name: "a space before the first field",
    rfc: "9112 2.2",
    send: head("GET /healthz HTTP/1.1", " Host: {host}"),
    want: [400, "cut"],
  },
  {
    name: "a field without a colon",
    rfc: "9112 5",
    send: get("/healthz", "Accept"),
    want: [400, "cut"],
  },
  {
    name: "a field without a name",
    rfc: "9112 5",
    send: get("/healthz", ": x"),
    want: [400, "cut"],
  },
  {
    name: "a name with a sign that is no token",
    rfc: "9110 5.1",
    send: get("/healthz", "Ac(cept: x"),
    want: [400, "cut"],
  },
  {
    name: "a name with a zero byte",
    rfc: "9110 5.1",
    send: get("/healthz", "Ac\x00cept: x"),
    want: [400, "cut"],
  },
  {
    name: "a name in UTF-8",
    rfc: "9110 5.1",
    send: get("/healthz", "Acc\xc3\xa9pt: x"),
    want: [400, "cut"],
  },
  {
    name: "a zero byte in a value",
    rfc: "9110 5.5",
    send: get("/healthz", "Accept: a\x00b"),
    want: [400, "cut"],
  },
  {
    name: "a zero byte in a value nobody knows",
    rfc: "9110 5.5",
    send: get("/healthz", "X-Some: a\x00b"),
    want: [200, 400, "cut"],
  },
  {
    name: "a control character in a value",
    rfc: "9110 5.5",
    send: get("/healthz", "User-Agent: a\x01b"),
    want: 400,
  },
  {
    name: "a delete in a value",
    rfc: "9110 5.5",
    send: get("/healthz", "User-Agent: a\x7fb"),
    want: 400,
  },
  {
    name: "a bare CR in a value",
    rfc: "9112 2.2",
    send: get("/healthz", "Accept: a\rb"),
    want: [400, "cut"],
  },
  {
    name: "a bare CR in a value nobody knows",
    rfc: "9112 2.2",
    send: get("/healthz", "X-Some: a\rb"),
    want: [200, 400, "cut"],
  },
  {
    name: "a field that ends in a bare LF",
    rfc: "9112 2.2",
    send: "GET /healthz HTTP/1.1\r\nHost: {host}\r\nAccept: x\nX-More: y\r\n\r\n",
    want: [200, 400, "cut"],
  },
  {
    name: "a value in Latin-1",
    rfc: "9110 5.5",
    send: get("/healthz", "User-Agent: \xe9\xe8"),
    want: 200,
  },
  { name: "an empty value", rfc: "9110 5.5", send: get("/healthz", "Accept:"), want: 200 },
  {
    name: "tabs and spaces around a value",
    rfc: "9112 5.1",
    send: get("/healthz", "Accept:\t */*\t "),
    want: 200,
  },
  { name: "forty unknown fields", rfc: "9110 5.4", send: get("/healthz", ...many(40)), want: 200 },
  {
    name: "a field of 9,000 bytes",
    rfc: "6585 5",
    send: get("/healthz", `X-Long: ${"a".repeat(9000)}`),
    want: [431, 400, "cut"],
  },
  {
    name: "a field of 7,000 bytes",
    rfc: "9110 5.4",
    send: get("/healthz", `X-Long: ${"a".repeat(7000)}`),
    want: 200,
  },
  {
    name: "a thousand fields",
    rfc: "6585 5",
    send: get("/healthz", ...many(1000)),
    want: [431, 400, "cut"],
  },
  {
    name: "a field that repeats where it may",
    rfc: "9110 5.3",
    send: get("/healthz", "Accept: text/html", "Accept: */*"),
    want: 200,
  },
  {
    name: "an Origin twice",
    rfc: "6454 7.3",
    send: head(
      "POST /api/v1/club.list HTTP/1.1",
      HOST,
      "Authorization: Bearer {token}",
      "Origin: {origin}",
      "Origin: {origin}",
    ),
    want: [400, 403],
  },
  {
    name: "an Authorization twice",
    rfc: "9110 11.6.2",
    send: head(
      "POST /api/v1/club.list HTTP/1.1",
      HOST,
      "Authorization: Bearer {token}",
      "Authorization: Bearer {token}",
    ),
    want: [400, 401],
  },
];

function many(count) {
  return Array.from({ length: count }, (_, i) => `X-Field-${i}: value ${i}`);
}
