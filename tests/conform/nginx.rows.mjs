// Rows that nginx 1.22 answers itself, or hands on in a shape of its own, by name: what comes back then.
// A list is a sequence: to a proxy that keeps connections, what follows a body is a request of its own.

const own = {
  // It asks for a Host where our Host is to be that of the request; HTTP/1.0 brings none.
  "HTTP/1.0": 400,
  "HTTP/1.0 with keep-alive": 400,
  "a version 0.9 said": 400,
  "a version of two digits": 200,
  // A request of HTTP/0.9 gets a body alone.
  "a request of HTTP/0.9": [],
  "no version, fields behind": [],
  // Methods: its own grammar is capitals; ours refuses those it lets through.
  "an unknown method": 403,
  "a method in small letters": 400,
  "a method in mixed letters": 400,
  "a method of 1,000 letters": 403,
  // Fields that are none it drops, and the request goes on without them.
  "a field without a colon": 200,
  "a name with a sign that is no token": 200,
  "a name in UTF-8": 200,
  // It takes bodies in before it asks us, chunked ones too, which reach us with a length.
  "a body past the limit, before it comes": "waits",
  "a request as a body past the limit": "waits",
  "an upgrade with a body": "waits",
  "an upgrade with chunks": "waits",
  "Expect: 100-continue where the body is refused": 100,
  "an encoding: empty": 501,
  "an encoding: chunked with an underscore for the dash": [200, 400],
  "chunks of a GET": [200, 200],
  trailers: [200, 200],
  "a length on a GET": [400, 200],
  "a length on a HEAD": [400, 200],
  "a length on a DELETE": [405, 200],
  "a length on OPTIONS": [400, 200],
  "a request in the second half of a body": [400, 400],
  // A client that has closed its side is let go, when that is seen before the answer has come.
  "a whole request, and a half-closed line": { either: ["cut", 200] },
  // Connection is ours to make from Upgrade, in HTTP/1.1, whatever the client said.
  "an upgrade in HTTP/1.0": 101,
  "an upgrade without Connection": 101,
  "an upgrade with Connection: close": 101,
  "an upgrade to websocket and h2c": 403,
  "an upgrade to websocket/13": 403,
  "an upgrade to TLS": 403,
};

// One request behind another in a packet.
const behind = {
  "a request behind a body": [200, 200],
  "a request behind a body, in its own packet": [200, 200],
  "a request behind a GET": [200, 200],
  "a request behind a HEAD": [200, 200],
  "a request behind a 304": [304, 200],
  "a request behind a 404": [404, 200],
  "a request behind a 405": [405, 200],
  "a request behind a refused body": [405, 200],
  "three requests in a packet": [200, 200, 200],
  "a request behind an upgrade that is refused": [400, 200],
  "a request behind h2c": [400, 200],
  "a request behind Connection: Content-Length": [200, 200],
  "a second upgrade behind one that is refused": [400, 101],
  "an upgrade behind a request": [200, 101],
};

export default new Map(Object.entries({ ...own, ...behind }));
