// WebSocket frames: lengths, control frames, reserved bits, opcodes, fragments (the ground of chapters
// 1 to 5 of Autobahn's test suite, written anew from RFC 6455). The application answers commands and
// echoes nothing: a text that comes through is shown by the answer to the command it is.
import {
  begin,
  binary,
  call,
  callLong,
  close,
  end,
  frame,
  more,
  ping,
  pong,
  text,
} from "./wire.mjs";

const PARSE = -32700;
const rows = [];
const row = (name, rfc, send, want) => rows.push({ name, rfc, send, want });
const bytesOf = (string) => string.split("");

// --- 1: texts of each form of length, whole and byte by byte ------------------------------------------
const SIZES = [45, 125, 126, 127, 128, 1023, 1024, 1025, 16384, 65535, 65536];
for (const size of SIZES) {
  row(`1 a text of ${size} bytes`, "6455 5.2", text(callLong(1, size)), { ids: [1] });
}
row("1 an empty text is no command", "6455 5.6", text(""), { errors: [PARSE] });
row("1 a text of one byte", "6455 5.6", text("7"), { errors: [PARSE] });
row("1 a text sent byte by byte", "6455 5.2", bytesOf(text(callLong(1, 45))), { ids: [1] });
row("1 a text of 126 bytes, byte by byte", "6455 5.2", bytesOf(text(callLong(1, 126))), {
  ids: [1],
});
row("1 a text in pieces of 997 bytes", "6455 5.2", text(callLong(1, 9000)).match(/[^]{1,997}/g), {
  ids: [1],
});
row(
  "1 a text whose head is cut after each byte",
  "6455 5.2",
  [...bytesOf(text(callLong(1, 65535)).slice(0, 9)), text(callLong(1, 65535)).slice(9)],
  { ids: [1] },
);
row("1 two texts in one packet", "6455 5.2", text(call(1)) + text(call(2)), { ids: [1, 2] });
row(
  "1 twenty texts in one packet",
  "6455 5.2",
  repeat(20, (i) => text(call(i))),
  {
    ids: range(20),
  },
);
row("1 a text and half of the next", "6455 5.2", halves(text(call(1)), text(call(2))), {
  ids: [1, 2],
});
for (const size of [0, 125, 126, 65535]) {
  row(`1 a binary message of ${size} bytes`, "6455 7.4.1", binary("x".repeat(size)), {
    close: 1003,
  });
}
row("1 a text one byte over the limit", "6455 7.4.1", text(callLong(1, 65537)), { close: 1009 });
row("1 a length in 16 bits that fits in 7", "6455 5.2", text(call(1), { form: 16 }), {
  fails: 1002,
});
row("1 a length in 64 bits that fits in 16", "6455 5.2", text(callLong(1, 200), { form: 64 }), {
  fails: 1002,
});
row("1 a length in 64 bits that fits in 7", "6455 5.2", text(call(1), { form: 64 }), {
  fails: 1002,
});
row("1 a length with its highest bit set", "6455 5.2", highBit(), { fails: 1002 });
row("1 2^40 bytes announced", "6455 7.4.1", text("x", { length: 2 ** 40, form: 64 }), {
  close: 1009,
});
row("1 a mask of zeros", "6455 5.3", text(call(1), { key: [0, 0, 0, 0] }), { ids: [1] });
row("1 a mask of ones", "6455 5.3", text(call(1), { key: [255, 255, 255, 255] }), { ids: [1] });
row("1 a text that is not masked", "6455 5.1", text(call(1), { masked: false }), { fails: 1002 });

// --- 2: pings and pongs -------------------------------------------------------------------------------
row("2 a ping without payload", "6455 5.5.2", ping(), { pongs: [""] });
row("2 a ping with a payload", "6455 5.5.3", ping("bonjour"), { pongs: ["bonjour"] });
row("2 a ping with bytes that are no text", "6455 5.5.3", ping("\x00\xff\xfe\xfd\xfc\x00\xff"), {
  pongs: ["\x00\xff\xfe\xfd\xfc\x00\xff"],
});
row("2 a ping of 125 bytes", "6455 5.5", ping("\xfe".repeat(125)), { pongs: ["\xfe".repeat(125)] });
row("2 a ping of 126 bytes", "6455 5.5", ping("x".repeat(126)), { fails: 1002 });
row("2 a ping of 65,536 bytes", "6455 5.5", ping("x".repeat(65536)), { fails: 1002 });
row("2 a ping of 125 bytes, byte by byte", "6455 5.5", bytesOf(ping("y".repeat(125))), {
  pongs: ["y".repeat(125)],
});
row("2 a pong nobody asked for", "6455 5.5.3", pong(), {});
row("2 a pong nobody asked for, with a payload", "6455 5.5.3", pong("hors sujet"), {});
row("2 a pong, then a ping", "6455 5.5.3", pong("un") + ping("deux"), { pongs: ["deux"] });
row(
  "2 ten pings in one packet",
  "6455 5.5.3",
  repeat(10, (i) => ping(`n${i}`)),
  {
    lastPong: "n9",
  },
);
row("2 a ping behind a text", "6455 5.5.2", text(call(1)) + ping("apr\xe8s"), {
  ids: [1],
  pongs: ["apr\xe8s"],
});
row("2 a ping that is not masked", "6455 5.1", ping("nu", { masked: false }), { fails: 1002 });

// --- 3: reserved bits ---------------------------------------------------------------------------------
for (const bits of [1, 2, 3, 4, 5, 6, 7]) {
  const flagged = (opcode, payload) => frame((bits << 4) | opcode, payload);
  row(`3 a text with reserved bits ${bits}`, "6455 5.2", flagged(1, call(1)), { fails: 1002 });
  row(`3 a ping with reserved bits ${bits}`, "6455 5.2", flagged(9, "x"), { fails: 1002 });
}
row("3 a text before reserved bits", "6455 5.2", [text(call(1)), frame(0x41, call(2))], {
  ids: [1],
  fails: 1002,
});
row("3 a close with a reserved bit", "6455 5.2", frame(0x18, "\x03\xe8"), { fails: 1002 });
row("3 a fragment with a reserved bit", "6455 5.2", begin('{"') + frame(0x20, "}"), {
  fails: 1002,
});
row("3 a binary message with a reserved bit", "6455 5.2", frame(0x42, "x"), { fails: 1002 });

// --- 4: opcodes ---------------------------------------------------------------------------------------
for (const opcode of [3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) {
  row(`4 opcode ${opcode}, empty`, "6455 5.2", frame(opcode), { fails: 1002 });
  row(`4 opcode ${opcode}, with a payload`, "6455 5.2", frame(opcode, "x".repeat(20)), {
    fails: 1002,
  });
}
row("4 opcode 5 behind a text", "6455 5.2", [text(call(1)), frame(5, "x")], {
  ids: [1],
  fails: 1002,
});
row("4 opcode 11 within a message", "6455 5.2", begin('{"') + frame(11), { fails: 1002 });

// --- 5: fragments -------------------------------------------------------------------------------------
const whole = call(5);
const [left, right] = [whole.slice(0, 11), whole.slice(11)];
row("5 a ping in two fragments", "6455 5.5", ping("un", { final: false }) + end("deux"), {
  fails: 1002,
});
row("5 a pong in two fragments", "6455 5.5", pong("un", { final: false }) + end("deux"), {
  fails: 1002,
});
row("5 a close in fragments", "6455 5.5", frame(8, "\x03\xe8", { final: false }), { fails: 1002 });
row("5 a text in two fragments", "6455 5.4", begin(left) + end(right), { ids: [5] });
row("5 a text in two fragments, a packet each", "6455 5.4", [begin(left), end(right)], {
  ids: [5],
});
row("5 a text in fragments of one byte", "6455 5.4", inOnes(whole), { ids: [5] });
row("5 the same, a packet each", "6455 5.4", inOnesList(whole), { ids: [5] });
row("5 an empty first fragment", "6455 5.4", begin("") + end(whole), { ids: [5] });
row("5 an empty last fragment", "6455 5.4", begin(whole) + end(""), { ids: [5] });
row("5 empty fragments around", "6455 5.4", begin("") + more(whole) + end(""), { ids: [5] });
row("5 empty fragments alone", "6455 5.4", begin("") + more("") + end(""), { errors: [PARSE] });
row("5 a ping between fragments", "6455 5.4", begin(left) + ping("la") + end(right), {
  ids: [5],
  pongs: ["la"],
});
row("5 a ping between fragments, a packet each", "6455 5.4", pinged(), { ids: [5], pongs: ["a"] });
row("5 a pong between fragments", "6455 5.4", begin(left) + pong("l\xe0") + end(right), {
  ids: [5],
});
row("5 a close between fragments", "6455 5.4", begin(left) + close(1000), { close: 1000 });
row("5 a continuation of nothing", "6455 5.4", end(whole), { fails: 1002 });
row("5 an unfinished continuation of nothing", "6455 5.4", more(whole), { fails: 1002 });
row("5 a continuation of nothing behind a text", "6455 5.4", [text(call(1)), end(whole)], {
  ids: [1],
  fails: 1002,
});
row("5 a continuation behind a finished message", "6455 5.4", begin(left) + end(right) + end("x"), {
  fails: 1002,
  ids: "any",
});
row("5 a text within a text", "6455 5.4", begin(left) + text(whole), { fails: 1002 });
row("5 a text within a text, a packet each", "6455 5.4", [begin(left), text(whole)], {
  fails: 1002,
});
row("5 a binary message within a text", "6455 5.4", begin(left) + binary("x"), { fails: 1002 });
row("5 a binary message in fragments", "6455 7.4.1", binary("a", { final: false }) + end("b"), {
  close: 1003,
});
row("5 two messages in fragments", "6455 5.4", twice(), { ids: [1, 2] });
row("5 sixty-four fragments", "6455 5.4", fragments(64), { ids: [5] });
row("5 sixty-five fragments, past our limit", "6455 7.4.1", fragments(65), { close: 1008 });
row("5 a fragment that is not masked", "6455 5.1", begin(left) + end(right, { masked: false }), {
  fails: 1002,
});
row(
  "5 a masked first fragment, then a ping without",
  "6455 5.1",
  [begin(left), ping("x", { masked: false })],
  { fails: 1002 },
);

function range(count) {
  return Array.from({ length: count }, (_, i) => i);
}
function repeat(count, make) {
  return range(count).map(make).join("");
}
function halves(one, two) {
  return [one + two.slice(0, 7), two.slice(7)];
}
function highBit() {
  const bytes = text("x", { form: 64, length: 1 });
  return bytes.slice(0, 2) + "\x80" + bytes.slice(3);
}
function inOnesList(string) {
  const letters = string.split("");
  return letters.map((letter, i) => {
    if (i === 0) return begin(letter);
    return i === letters.length - 1 ? end(letter) : more(letter);
  });
}
function inOnes(string) {
  return inOnesList(string).join("");
}
function fragments(count) {
  return begin(whole) + repeat(count - 2, () => more("")) + end("");
}
function pinged() {
  return [begin(left), ping("a"), more(right.slice(0, 5)), end(right.slice(5))];
}
function twice() {
  const [one, two] = [call(1), call(2)];
  return begin(one.slice(0, 9)) + end(one.slice(9)) + begin(two.slice(0, 9)) + end(two.slice(9));
}

export default rows;
