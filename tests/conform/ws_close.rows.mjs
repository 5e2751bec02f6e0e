// Closing, limits and the rest (the ground of Autobahn's chapters 7, 9 and 10, written anew from
// RFC 6455 5.5.1 and 7).
import {
  begin,
  call,
  callLong,
  callOf,
  close,
  end,
  frame,
  more,
  ping,
  pong,
  text,
  utf8,
} from "./wire.mjs";

const rows = [];
const row = (name, rfc, send, want) => rows.push({ name, rfc, send, want });

// --- 7: closing ---------------------------------------------------------------------------------------
row("7 a close at once", "6455 5.5.1", close(1000), { close: 1000 });
row("7 a close without a code", "6455 5.5.1", close(), { close: 1005 });
row("7 a close of one byte", "6455 5.5.1", frame(8, "\x03"), { fails: 1002 });
row("7 a text, then a close", "6455 5.5.1", [text(call(1)), close(1000)], {
  close: 1000,
  ids: "any",
});
row("7 two closes", "6455 5.5.1", close(1000) + close(1000), { close: 1000 });
row("7 a ping behind a close", "6455 5.5.1", close(1000) + ping("x"), { close: 1000 });
row("7 a text behind a close", "6455 5.5.1", close(1000) + text(call(1)), { close: 1000 });
row(
  "7 a close within a message, then its rest",
  "6455 5.5.1",
  begin('{"') + close(1000) + end("}"),
  { close: 1000 },
);
row("7 a reason", "6455 5.5.1", close(1000, "je pars"), { close: 1000 });
row("7 the longest reason", "6455 5.5", close(1000, "r".repeat(123)), { close: 1000 });
row("7 a reason one byte too long", "6455 5.5", close(1000, "r".repeat(124)), { fails: 1002 });
row("7 a close byte by byte", "6455 5.5.1", close(1001, "au revoir").split(""), { close: 1001 });
row("7 a reason in French", "6455 5.5.1", close(1000, utf8("à bientôt")), { close: 1000 });
for (const bytes of ["\xff", "\xc3", "\xed\xa0\x80", "bon\xf4\x90\x80\x80", "\xc0\xaf"]) {
  const name = Buffer.from(bytes, "latin1").toString("hex");
  row(`7 a reason that is not UTF-8: ${name}`, "6455 7.4", close(1000, bytes), { close: 1007 });
}
const GOOD = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4401, 4999];
for (const code of GOOD) {
  row(`7 code ${code}`, "6455 7.4", close(code), { close: code });
}
// Registered since by IANA: a peer may send them; RFC 6455 alone would not know them.
for (const code of [1012, 1013, 1014]) {
  row(`7 code ${code}`, "6455 7.4.2", close(code), { close: code });
}
const BAD = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535];
for (const code of BAD) {
  row(`7 code ${code}, which nobody may send`, "6455 7.4", close(code), { fails: 1002 });
}
row("7 a close that is not masked", "6455 5.1", frame(8, "\x03\xe8", { masked: false }), {
  fails: 1002,
});
row("7 a close of 126 bytes", "6455 5.5", frame(8, "\x03\xe8" + "x".repeat(124), { form: 16 }), {
  fails: 1002,
});

// --- 9: limits ----------------------------------------------------------------------------------------
for (const size of [4096, 16384, 32768, 65536]) {
  row(`9 ${size} bytes in one frame`, "6455 5.6", text(callLong(1, size)), { ids: [1] });
  row(`9 ${size} bytes in fragments of 2,048`, "6455 5.4", fragmented(size, 2048), { ids: [1] });
  row(
    `9 ${size} bytes, TCP pieces of 1,400`,
    "6455 5.6",
    text(callLong(1, size)).match(/[^]{1,1400}/g),
    { ids: [1] },
  );
}
for (const size of [65537, 131072, 1048576]) {
  row(`9 ${size} bytes in one frame, past our limit`, "6455 7.4.1", text(callLong(1, size)), {
    close: 1009,
  });
}
row("9 131,072 bytes in fragments, past our limit", "6455 7.4.1", fragmented(131072, 4096), {
  close: 1009,
});
row("9 65,536 bytes in 64 fragments", "6455 5.4", fragmented(65536, 1024), { ids: [1] });
row("9 five hundred texts in one packet", "6455 5.2", many(500), {
  ids: Array.from({ length: 500 }, (_, i) => i),
});
row(
  "9 five hundred pings in one packet, one text behind",
  "6455 5.5.3",
  ping("x").repeat(500) + text(call(1)),
  { ids: [1], lastPong: "x" },
);

// --- 10: the rest -------------------------------------------------------------------------------------
row("10 a text whose last byte comes late", "6455 5.2", late(text(callLong(1, 65536))), {
  ids: [1],
});
row("10 pongs alone do no harm", "6455 5.5.3", pong("x").repeat(100) + text(call(1)), { ids: [1] });
row("10 an object that is no command", "6455 5.6", text("{}"), { errors: [-32600] });
row("10 no JSON at all", "6455 5.6", text("bonjour"), { errors: [-32700] });
row("10 a list of commands", "6455 5.6", text(`[${call(1)}]`), { errors: [-32600] });
row("10 a command without id", "6455 5.6", text('{"jsonrpc":"2.0","method":"ping"}'), {
  errors: [-32600],
});
row("10 an error, then a command", "6455 5.6", text("{") + text(call(2)), {
  errors: [-32700],
  ids: [2],
});
row("10 a zero byte in the text", "3629 3", text(callOf("\x00")), { errors: [-32700] });
row("10 a request of HTTP as a text", "6455 10.3", text("GET /healthz HTTP/1.1\r\n\r\n"), {
  errors: [-32700],
});
row(
  "10 a request of HTTP where a frame is due",
  "6455 5.1",
  "GET /healthz HTTP/1.1\r\nHost: {host}\r\n\r\n",
  { fails: 1002 },
);

function fragmented(size, piece) {
  const pieces = callLong(1, size).match(new RegExp(`[^]{1,${piece}}`, "g"));
  const last = pieces.pop();
  return begin(pieces.shift()) + pieces.map((part) => more(part)).join("") + end(last);
}
function many(count) {
  return Array.from({ length: count }, (_, i) => text(call(i))).join("");
}
function late(bytes) {
  return [bytes.slice(0, -1), bytes.slice(-1)];
}

export default rows;
