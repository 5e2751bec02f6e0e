// What libwebsockets 4.1.6 does not let us see, with what the rows show instead. docs/adr/0014 tells the
// consequence of each kind under its name. A row that does as the RFC says is to be taken off here.

const row = (shows, ...names) => names.map((name) => ({ name, shows }));

export default {
  "answered by the library": row(
    403,
    "a space before the method",
    "tabs for spaces",
    "no target",
    "a zero byte for a request",
    "the hello of TLS where a request is due",
    "the preface of HTTP/2",
    "an unknown method",
    "a method of 1,000 letters",
    "TRACE",
    "the absolute form, which a server must take",
    "the absolute form of another host",
    "the asterisk of OPTIONS",
    "an asterisk for GET",
    "a target without its slash",
    "an upgrade to websocket and h2c",
    "an upgrade to websocket/13",
    "an upgrade to TLS",
  ),
  "cut without an answer": row(
    "cut",
    "an empty line before",
    "a folded field",
    "a folded field nobody knows",
  ),
  "letters of a method": row(200, "a method in small letters", "a method in mixed letters"),
  "fields it does not know": row(
    200,
    "a space before the colon",
    "a tab before the colon",
    "a space before the colon of Content-Length",
    "a space before the colon of Transfer-Encoding",
    "a name with a sign that is no token",
    "a name with a zero byte",
    "a name in UTF-8",
    "an encoding: chunked and a space before the colon",
    "an encoding: chunked and a space before the name",
  ),
  "a CR alone": row(200, "a bare CR in a value"),
  masks: [
    ...row({ ids: [1] }, "1 a text that is not masked"),
    ...row({ pongs: ["nu"] }, "2 a ping that is not masked"),
    ...row({ ids: [5] }, "5 a fragment that is not masked"),
    ...row({ pongs: ["x"] }, "5 a masked first fragment, then a ping without"),
    ...row({ close: 1000 }, "7 a close that is not masked"),
  ],
  "lengths that are not the shortest": row(
    { ids: [1] },
    "1 a length in 16 bits that fits in 7",
    "1 a length in 64 bits that fits in 16",
    "1 a length in 64 bits that fits in 7",
  ),
  "pings at once": row({ pongs: ["n0"] }, "2 ten pings in one packet"),
  "close codes registered since": row({ close: 1002 }, "7 code 1012", "7 code 1013", "7 code 1014"),
};
