// UTF-8 in WebSocket texts (the ground of Autobahn's chapter 6, written anew from RFC 3629 and
// RFC 6455 8.1). What is valid comes back as the id of a command's answer.
import { begin, callOf, close, end, more, ping, text, utf8 } from "./wire.mjs";

const rows = [];
const row = (name, send, want, rfc = "6455 8.1") => rows.push({ name, rfc, send, want });
const point = (code) => utf8(String.fromCodePoint(code));
const hex = (code) => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
const bytesOf = (string) => string.split("");
const shown = (bytes) =>
  Buffer.from(bytes, "latin1")
    .toString("hex")
    .replace(/..(?!$)/g, "$& ");

// --- valid: words of many scripts, and the ends of each length ----------------------------------------
const GREEK = "κόσμε";
const WORDS = [
  "Hôtel de ville à Île-Molène",
  GREEK,
  "Привет",
  "日本語",
  "שלום",
  "مرحبا",
  "🏛️🇫🇷",
  "e\u0301",
];
for (const word of WORDS) {
  row(`6 valid: ${word}`, text(callOf(utf8(word))), { ids: [word] });
}
const EDGES = [
  0x7f, 0x80, 0x7ff, 0x800, 0xfff, 0x1000, 0xcfff, 0xd000, 0xd7ff, 0xe000, 0xfffd, 0x10000, 0x3ffff,
];
EDGES.push(0x40000, 0xfffff, 0x100000, 0x10ffff);
for (const code of EDGES) {
  row(
    `6 valid: ${hex(code)}`,
    text(callOf(point(code))),
    { ids: [String.fromCodePoint(code)] },
    "3629 4",
  );
}
// Points that are set aside for internal use are UTF-8 like others (Unicode, corrigendum 9).
const NONCHARACTERS = [
  0xfdd0, 0xfdef, 0xfffe, 0xffff, 0x1fffe, 0x1ffff, 0x8fffe, 0xfffff, 0x10fffe,
];
for (const code of NONCHARACTERS) {
  row(
    `6 valid: the noncharacter ${hex(code)}`,
    text(callOf(point(code))),
    { ids: [String.fromCodePoint(code)] },
    "3629 4",
  );
}

// --- a character cut at each place -------------------------------------------------------------------
const greek = callOf(utf8(GREEK));
const at = greek.indexOf(utf8("κ"));
for (const cut of [1, 2, 3, 4, 5]) {
  row(
    `6 Greek cut after ${cut} of its bytes`,
    begin(greek.slice(0, at + cut)) + end(greek.slice(at + cut)),
    { ids: [GREEK] },
  );
}
row("6 Greek in fragments of one byte", ones(greek).join(""), { ids: [GREEK] });
row("6 Greek in fragments of one byte, a packet each", ones(greek), { ids: [GREEK] });
row("6 Greek byte by byte", bytesOf(text(greek)), { ids: [GREEK] });
const tower = callOf(utf8("🏛"));
const tip = tower.indexOf("\xf0");
for (const cut of [1, 2, 3]) {
  row(
    `6 four bytes cut after ${cut}`,
    [begin(tower.slice(0, tip + cut)), end(tower.slice(tip + cut))],
    { ids: ["🏛"] },
  );
}
row(
  "6 a ping within a character",
  begin(tower.slice(0, tip + 2)) + ping("\xff") + end(tower.slice(tip + 2)),
  { ids: ["🏛"], pongs: ["\xff"] },
);

// --- invalid ------------------------------------------------------------------------------------------
const INVALID = {
  "a continuation alone": ["\x80", "\xbf", "\x80\xbf", "\x80\xbf\x80", "\x80\xbf\x80\xbf\x80\xbf"],
  "every continuation": [all(0x80, 0xbf)],
  "a lead before a space": ["\xc2 ", "\xdf ", "\xe1 ", "\xef ", "\xf1 ", "\xf4 "],
  "a last byte missing": [
    "\xc2",
    "\xdf",
    "\xe0\xa0",
    "\xef\xbf",
    "\xf0\x90\x80",
    "\xf4\x8f\xbf",
    "\xf0\x90",
  ],
  "two that miss their last": ["\xe0\xa0\xef\xbf", "\xf0\x90\x80\xf4\x8f\xbf"],
  "no byte of UTF-8": ["\xfe", "\xff", "\xfe\xfe\xff\xff", "\xc0", "\xc1", "\xf5", "\xf8", "\xfc"],
  "a slash made too long": [
    "\xc0\xaf",
    "\xe0\x80\xaf",
    "\xf0\x80\x80\xaf",
    "\xf8\x80\x80\x80\xaf",
    "\xfc\x80\x80\x80\x80\xaf",
  ],
  "the longest of the too long": [
    "\xc1\xbf",
    "\xe0\x9f\xbf",
    "\xf0\x8f\xbf\xbf",
    "\xf8\x87\xbf\xbf\xbf",
    "\xfc\x83\xbf\xbf\xbf\xbf",
  ],
  "zero made too long": ["\xc0\x80", "\xe0\x80\x80", "\xf0\x80\x80\x80"],
  "half a surrogate pair": [
    "\xed\xa0\x80",
    "\xed\xad\xbf",
    "\xed\xae\x80",
    "\xed\xaf\xbf",
    "\xed\xb0\x80",
    "\xed\xbe\x80",
    "\xed\xbf\xbf",
  ],
  "a whole surrogate pair": ["\xed\xa0\x80\xed\xb0\x80", "\xed\xaf\xbf\xed\xbf\xbf"],
  "beyond U+10FFFF": [
    "\xf4\x90\x80\x80",
    "\xf7\xbf\xbf\xbf",
    "\xf8\x88\x80\x80\x80",
    "\xfb\xbf\xbf\xbf\xbf",
    "\xfc\x84\x80\x80\x80\x80",
  ],
  "Greek, then half a pair": [utf8(GREEK) + "\xed\xa0\x80" + "edited"],
  "Greek, then beyond": [utf8(GREEK) + "\xf4\x90\x80\x80" + "edited"],
};
for (const [what, list] of Object.entries(INVALID)) {
  for (const bytes of list) {
    const name = bytes.length > 16 ? `${bytes.length} bytes` : shown(bytes);
    row(`6 invalid: ${what}: ${name}`, text(callOf(bytes)), { close: 1007 }, "3629 3");
  }
}
row("6 invalid at the very end", text(callOf("a") + "\xc3"), { close: 1007 });
row("6 a character that the last fragment leaves open", begin(tower.slice(0, tip + 2)) + end(""), {
  close: 1007,
});
row("6 invalid in the second fragment", begin('{"') + end("\xff"), { close: 1007 });
row("6 a pair cut between fragments", begin('"\xed') + end('\xa0\x80"'), { close: 1007 });

// --- failing fast: the rest of the message is never sent -----------------------------------------------
row(
  "6 fast: a bad byte in a fragment that is not the last",
  begin(callOf(utf8(GREEK) + "\xf4\x90")),
  { close: 1007 },
);
row(
  "6 fast: a bad byte in a frame of which half came",
  [text(callOf("\xff".repeat(4000))).slice(0, 3000)],
  { close: 1007 },
);
row("6 fast: half a pair, known by its second byte", [begin('"'), more("\xed"), more("\xa0")], {
  close: 1007,
});
row("6 fast: beyond U+10FFFF, known by its second byte", [begin('"'), more("\xf4"), more("\x90")], {
  close: 1007,
});
row("6 fast: too long, known by its second byte", [begin('"'), more("\xe0"), more("\x80")], {
  close: 1007,
});
row("6 a close reason in Greek", close(1000, utf8(GREEK)), { close: 1000 }, "6455 5.5.1");

function all(from, to) {
  return Array.from({ length: to - from + 1 }, (_, i) => String.fromCharCode(from + i)).join("");
}
function ones(string) {
  return string.split("").map((byte, i) => {
    if (i === 0) return begin(byte);
    return i === string.length - 1 ? end(byte) : more(byte);
  });
}

export default rows;
