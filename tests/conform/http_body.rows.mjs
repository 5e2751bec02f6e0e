// Bodies, their lengths, and what hides behind them (RFC 9112 6, 7, 9, 11; RFC 9110 8.6, 10.1.1, 14).
// {hidden} is a whole request that posts a message: the suite looks afterwards that none was posted.
import { get, head, post } from "./wire.mjs";

const CHUNKED = "Transfer-Encoding: chunked";
const two = "Content-Length: 2";

export default [
  // --- a length ---------------------------------------------------------------------------------------
  { name: "a body of its length", rfc: "9112 6.2", send: post([two], "{}"), want: 200 },
  { name: "a body of no length", rfc: "9112 6.3", send: post([]), want: 200 },
  { name: "a body of length 0", rfc: "9110 8.6", send: post(["Content-Length: 0"]), want: 200 },
  {
    name: "a length with zeros before",
    rfc: "9110 8.6",
    send: post(["Content-Length: 002"], "{}"),
    want: [200, 400],
  },
  { name: "a body in a packet of its own", rfc: "9112 6.2", send: [post([two]), "{}"], want: 200 },
  {
    name: "a body byte by byte",
    rfc: "9112 6.2",
    send: post([two], "{}"),
    bytewise: true,
    want: 200,
  },
  {
    name: "less body than said",
    rfc: "9112 6.2",
    send: post(["Content-Length: 20"], "{}"),
    quiet: true,
    want: "waits",
  },
  {
    name: "a limit-long body",
    rfc: "9110 8.6",
    send: post(["Content-Length: 65536"], "{}".padEnd(65536)),
    want: 200,
  },
  {
    name: "a body past the limit, before it comes",
    rfc: "9110 15.5.14",
    send: post(["Content-Length: 65537"]),
    want: 413,
  },
  ...[
    ["a sign", "+2"],
    ["a minus", "-2"],
    ["hexadecimal", "0x2"],
    ["a letter behind", "2a"],
    ["a space within", "2 2"],
    ["an exponent", "2e0"],
    ["a point", "2.0"],
    ["nothing but spaces", "  "],
    ["quotes", '"2"'],
    ["thirteen digits", "1000000000000"],
    ["past 64 bits", "18446744073709551618"],
    ["Arabic digits", "\xd9\xa2"],
  ].map(([name, value]) => ({
    name: `a length that is no number: ${name}`,
    rfc: "9112 6.3",
    send: post([`Content-Length: ${value}`], "{}{hidden}"),
    want: name === "nothing but spaces" ? [200, 400] : [400, 413],
  })),
  {
    name: "the same length twice",
    rfc: "9112 6.3",
    send: post([two, two], "{}{hidden}"),
    want: [200, 400],
  },
  {
    name: "two lengths that differ",
    rfc: "9112 6.3",
    send: post([two, "Content-Length: 0"], "{}{hidden}"),
    want: 400,
  },
  {
    name: "a list of the same length",
    rfc: "9112 6.3",
    send: post(["Content-Length: 2, 2"], "{}{hidden}"),
    want: [200, 400],
  },
  {
    name: "a list of lengths that differ",
    rfc: "9112 6.3",
    send: post(["Content-Length: 0, 2"], "{}{hidden}"),
    want: 400,
  },
  {
    name: "a length on a GET",
    rfc: "9112 6.3",
    send: get("/healthz", two) + "{}{hidden}",
    want: [200, 400],
  },
  {
    name: "a length on a HEAD",
    rfc: "9112 6.3",
    send: head("HEAD /healthz HTTP/1.1", "Host: {host}", two) + "{}{hidden}",
    want: [200, 400],
  },
  {
    name: "a length on a DELETE",
    rfc: "9112 6.3",
    send: head("DELETE /healthz HTTP/1.1", "Host: {host}", two) + "{}{hidden}",
    want: [400, 405],
  },
  {
    name: "a length on OPTIONS",
    rfc: "9112 6.3",
    send: head("OPTIONS /healthz HTTP/1.1", "Host: {host}", two) + "{}{hidden}",
    want: [200, 204, 400, 405],
  },

  // --- Transfer-Encoding: we take none, so it must end the connection with a 400 or 501, never be passed over
  ...[
    ["chunked", [CHUNKED]],
    ["chunked, then a length (TE.CL)", [CHUNKED, two]],
    ["a length, then chunked (CL.TE)", [two, CHUNKED]],
    ["chunked twice", [CHUNKED, CHUNKED]],
    ["chunked and identity (TE.TE)", [CHUNKED, "Transfer-Encoding: identity"]],
    ["identity", ["Transfer-Encoding: identity"]],
    ["xchunked", ["Transfer-Encoding: xchunked", two]],
    ["gzip, chunked", ["Transfer-Encoding: gzip, chunked"]],
    ["chunked, gzip", ["Transfer-Encoding: chunked, gzip"]],
    ["chunked in capitals", ["TRANSFER-ENCODING: CHUNKED"]],
    ["chunked in quotes", ['Transfer-Encoding: "chunked"']],
    ["chunked behind a tab", ["Transfer-Encoding:\tchunked", two]],
    ["chunked without a space", ["Transfer-Encoding:chunked", two]],
    ["chunked behind a vertical tab", ["Transfer-Encoding: \x0bchunked", two]],
    ["chunked before a null", ["Transfer-Encoding: chunked\x00", two]],
    ["empty", ["Transfer-Encoding:", two]],
    ["chunked in a folded line", ["Transfer-Encoding:", " chunked", two]],
    ["chunked and a space before the colon", ["Transfer-Encoding : chunked", two]],
    ["chunked and a space before the name", ["X: y", " Transfer-Encoding: chunked", two]],
    ["chunked behind a bare CR", ["X: y\rTransfer-Encoding: chunked", two]],
    ["chunked behind a bare LF", ["X: y\nTransfer-Encoding: chunked", two]],
    ["chunked with an underscore for the dash", ["Transfer_Encoding: chunked", two]],
  ].map(([name, fields]) => ({
    name: `an encoding: ${name}`,
    rfc: "9112 6.1",
    send: post(fields, "{}\r\n0\r\n\r\n{hidden}"),
    want: [400, 501, "cut"],
    ...(name.includes("underscore") && { want: 200 }),
    ...(name === "empty" && { want: [200, 400] }),
    // CR and LF within the value of X may be taken for a space: then there is no encoding (9110 5.5)
    ...(name.includes("bare") && { want: [200, 400, 501, "cut"] }),
  })),
  {
    name: "chunks of a GET",
    rfc: "9112 6.1",
    send: get("/healthz", CHUNKED) + "0\r\n\r\n{hidden}",
    want: [400, 501],
  },
  {
    name: "chunks whose size is too large",
    rfc: "9112 7.1",
    send: post([CHUNKED], "fffffffffffffffff\r\n{hidden}"),
    want: [400, 501],
  },
  {
    name: "chunks in HTTP/1.0",
    rfc: "9112 6.1",
    send: post([CHUNKED], "0\r\n\r\n{hidden}").replace("HTTP/1.1", "HTTP/1.0"),
    want: [400, 501],
  },
  {
    name: "trailers",
    rfc: "9112 7.1.2",
    send: post([CHUNKED, "Trailer: X"], "0\r\nX: y\r\n\r\n{hidden}"),
    want: [400, 501],
  },

  // --- what comes behind: one request per connection, so it is never looked at --------------------------
  {
    name: "a request behind a body",
    rfc: "9112 9.3.2",
    send: post([two], "{}{hidden}"),
    want: 200,
  },
  {
    name: "a request behind a body, in its own packet",
    rfc: "9112 9.3.2",
    send: [post([two], "{}"), "{hidden}"],
    want: 200,
  },
  {
    name: "a request behind a GET",
    rfc: "9112 9.3.2",
    send: get("/healthz") + "{hidden}",
    want: 200,
  },
  {
    name: "a request behind a HEAD",
    rfc: "9112 9.3.2",
    send: head("HEAD /healthz HTTP/1.1", "Host: {host}") + "{hidden}",
    want: 200,
  },
  {
    name: "a request behind a 304",
    rfc: "9112 9.3.2",
    send: get("/", "If-None-Match: *") + "{hidden}",
    want: [200, 304],
  },
  {
    name: "a request behind a 404",
    rfc: "9112 9.3.2",
    send: get("/nowhere.txt") + "{hidden}",
    want: 404,
  },
  {
    name: "a request behind a 405",
    rfc: "9112 9.3.2",
    send: head("DELETE /healthz HTTP/1.1", "Host: {host}") + "{hidden}",
    want: 405,
  },
  {
    name: "a request behind a refused body",
    rfc: "9112 9.3.2",
    send: head("POST /healthz HTTP/1.1", "Host: {host}", two) + "{}{hidden}",
    want: 405,
  },
  {
    name: "a request as the body of a POST",
    rfc: "9112 6.3",
    send: post(["Content-Length: {hiddenBytes}"], "{hidden}"),
    want: 400,
  },
  {
    name: "a request as the body of a refused POST",
    rfc: "9112 6.3",
    send:
      head("POST /nowhere HTTP/1.1", "Host: {host}", "Content-Length: {hiddenBytes}") + "{hidden}",
    want: [404, 405],
  },
  {
    name: "a request as the body of a PUT",
    rfc: "9112 6.3",
    send:
      head("PUT /nowhere HTTP/1.1", "Host: {host}", "Content-Length: {hiddenBytes}") + "{hidden}",
    want: 405,
  },
  {
    name: "a request as the body of a PATCH",
    rfc: "9112 6.3",
    send:
      head(
        "PATCH /fichiers/abcdefghijklmnopqrstuvwxyz HTTP/1.1",
        "Host: {host}",
        "Tus-Resumable: 1.0.0",
        "Upload-Offset: 0",
        "Content-Type: application/offset+octet-stream",
        "Content-Length: {hiddenBytes}",
      ) + "{hidden}",
    want: [401, 403, 404],
  },
  {
    name: "a request as a body past the limit",
    rfc: "9112 6.3",
    send: post(["Content-Length: 70000"], "{hidden}".padEnd(4000, "\n") + "{hidden}"),
    want: 413,
  },
  {
    name: "a request in the second half of a body",
    rfc: "9112 6.3",
    send: post(["Content-Length: 1000"], "{}".padEnd(1000 - 400) + "{hidden}".padEnd(900)),
    want: [200, 400],
  },
  {
    name: "three requests in a packet",
    rfc: "9112 9.3.2",
    send: get("/healthz") + get("/version") + "{hidden}",
    want: 200,
  },
  {
    name: "a request behind an upgrade that is refused",
    rfc: "9110 7.8",
    send:
      head("GET /ws HTTP/1.1", "Host: {host}", "Connection: Upgrade", "Upgrade: websocket") +
      "{hidden}",
    want: 400,
  },
  {
    name: "a request behind h2c",
    rfc: "9110 7.8",
    send:
      get(
        "/healthz",
        "Connection: Upgrade, HTTP2-Settings",
        "Upgrade: h2c",
        "HTTP2-Settings: AAMAAABkAAQAAP__",
      ) + "{hidden}",
    want: [200, 400],
  },
  {
    name: "a request behind an empty Content-Length",
    rfc: "9112 6.3",
    send: post(["Content-Length:"], "{hidden}"),
    want: [200, 400],
  },
  {
    name: "a request behind a folded Content-Length",
    rfc: "9112 5.2",
    send: post(["Content-Length:", " 0"], "{hidden}"),
    want: [200, 400],
  },
  {
    name: "a request behind Connection: Content-Length",
    rfc: "9110 7.6.1",
    send: post([two, "Connection: Content-Length"], "{}{hidden}"),
    want: [200, 400],
  },

  // --- connections -------------------------------------------------------------------------------------
  {
    name: "Connection: close",
    rfc: "9112 9.6",
    send: get("/healthz", "Connection: close"),
    want: 200,
  },
  {
    name: "Connection: keep-alive, which is declined",
    rfc: "9112 9.6",
    send: get("/healthz", "Connection: keep-alive"),
    want: 200,
  },
  {
    name: "a head that is never finished, and a half-closed line",
    rfc: "9112 8",
    send: "GET /healthz HTTP/1.1\r\nHost: {host}",
    halfClose: true,
    want: [400, "cut"],
  },
  {
    name: "a whole request, and a half-closed line",
    rfc: "9112 9.6",
    send: get("/healthz"),
    halfClose: true,
    want: 200,
  },
  {
    name: "half a body, and a half-closed line",
    rfc: "9112 8",
    send: post(["Content-Length: 20"], "{}"),
    halfClose: true,
    want: [400, "cut"],
  },

  // --- Expect ------------------------------------------------------------------------------------------
  {
    name: "Expect: 100-continue",
    rfc: "9110 10.1.1",
    send: [post([two, "Expect: 100-continue"]), "{}"],
    want: [200, [100, 200]],
  },
  {
    name: "Expect: 100-continue, in capitals",
    rfc: "9110 10.1.1",
    send: [post([two, "Expect: 100-CONTINUE"]), "{}"],
    want: [200, [100, 200]],
  },
  {
    name: "Expect: 100-continue where the body is refused",
    rfc: "9110 10.1.1",
    send: post(["Content-Length: 70000", "Expect: 100-continue"]),
    want: 413,
  },
  {
    name: "Expect: 100-continue without a body",
    rfc: "9110 10.1.1",
    send: get("/healthz", "Expect: 100-continue"),
    want: [200, [100, 200], 417],
  },
  {
    name: "Expect: something else",
    rfc: "9110 10.1.1",
    send: post([two, "Expect: 200-ok"], "{}"),
    want: [200, 417],
  },

  // --- conditions and ranges on a page, whose ranges we need not know -----------------------------------
  {
    name: "a range of a page",
    rfc: "9110 14.2",
    send: get("/", "Range: bytes=0-9"),
    want: [200, 206],
  },
  {
    name: "a range past the end",
    rfc: "9110 14.2",
    send: get("/", "Range: bytes=99999999-"),
    want: [200, 416],
  },
  {
    name: "a thousand ranges",
    rfc: "9110 14.2",
    send: get("/", `Range: bytes=${"0-0,".repeat(1000)}0-0`),
    want: [200, 206, 416],
  },
  {
    name: "If-None-Match with a star",
    rfc: "9110 13.1.2",
    send: get("/", "If-None-Match: *"),
    want: [200, 304],
  },
  {
    name: "If-None-Match that is broken",
    rfc: "9110 13.1.2",
    send: get("/", 'If-None-Match: "'),
    want: [200, 400],
  },
  {
    name: "an Accept-Encoding we have not",
    rfc: "9110 12.5.3",
    send: get("/", "Accept-Encoding: zstd, *;q=0"),
    want: [200, 406],
  },
];
