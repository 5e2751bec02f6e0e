// Bad input gets an exact, kind error, in French or in English, and changes nothing.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { channelOf, connected } from "../lib/cast.mjs";
import { Client, nonce } from "../lib/client.mjs";
import { lifetime, startServer } from "../lib/server.mjs";

describe("errors", () => {
  const life = lifetime();
  let server, anne, channel, head;

  before(async () => {
    server = await startServer(life);
    anne = await connected(server, "Anne", { role: "animateur" });
    channel = (await channelOf(anne)).id;
    head = (await anne.say(channel, "repère")).seq;
  });

  const good = () => ({ channel, body: "Bonjour", nonce: nonce() });
  const nothingChanged = async () => {
    assert.equal((await anne.call("channel.get", { channel })).seq, head);
  };

  const wrong = [
    ["a missing parameter", { body: undefined }, 400, "body"],
    ["an unknown parameter", { colour: "red" }, 400, "colour"],
    ["another type", { channel: "one" }, 400, "channel"],
    ["a number with a fraction", { channel: 1.5 }, 400, "channel"],
    ["an empty body", { body: "" }, 400, "body"],
    ["a body of blanks", { body: " \n\t " }, 400, "body"],
    ["a body past its limit", { body: "é".repeat(10_001) }, 400, "body"],
    ["a nonce too short", { nonce: "court" }, 400, "nonce"],
    ["a channel that is not", { channel: 99_999_999 }, 404, undefined],
    ["a channel of a negative number", { channel: -1 }, 400, "channel"],
    ["a thread that is not", { thread: 99_999_999 }, 404, undefined],
  ];
  for (const [what, change, status, field] of wrong) {
    it(`says exactly what is wrong: ${what}`, async () => {
      const refusal = await anne.call("message.post", { ...good(), ...change }).then(
        () => assert.fail("accepted"),
        (error) => error,
      );
      const { problem } = refusal;
      assert.equal(problem.status, status, JSON.stringify(problem));
      if (field) assert.equal(problem.field, field);
      for (const member of ["type", "title", "detail"]) {
        assert.equal(typeof problem[member], "string", member);
      }
      assert.ok(Number.isInteger(problem.code));
      await nothingChanged();
    });
  }

  it("gives the same problem over HTTP, as application/problem+json", async () => {
    const params = { ...good(), body: "" };
    const overSocket = await anne.call("message.post", params).catch((error) => error.problem);
    const overHttp = await anne.post("message.post", params);
    assert.equal(overHttp.status, 400);
    assert.match(overHttp.headers["content-type"], /^application\/problem\+json/);
    assert.deepEqual(overHttp.json, overSocket);
  });

  it("speaks French, and English to who asks for it", async () => {
    const ask = async (lang) =>
      (await anne.post("club.get", {}, { "accept-language": lang })).json.detail;
    assert.match(await ask("fr-FR,fr;q=0.9"), /manque/);
    assert.match(await ask("en-GB,en;q=0.9,fr;q=0.8"), /is missing/);
    assert.match(await ask("de"), /manque/);
  });

  it("speaks the language of the upgrade over the socket", async () => {
    const ann = new Client(server, { ...anne.credential, lang: "en" });
    await ann.connect();
    const error = await ann.call("club.get", {}).catch((refusal) => refusal);
    assert.match(error.problem.detail, /is missing/);
    await ann.close();
  });

  const frames = [
    ["text that is not JSON", "{nope", -32700],
    ["a batch", '[{"jsonrpc":"2.0","id":1,"method":"ping"}]', -32600],
    ["a request without id", '{"jsonrpc":"2.0","method":"ping"}', -32600],
    ["another version", '{"jsonrpc":"1.0","id":1,"method":"ping"}', -32600],
    ["an unknown command", '{"jsonrpc":"2.0","id":1,"method":"message.sing"}', -32601],
    ["a name given twice", '{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}', -32700],
    ["parameters in a list", '{"jsonrpc":"2.0","id":1,"method":"club.get","params":[1]}', -32600],
  ];
  for (const [what, frame, code] of frames) {
    it(`answers ${code} to ${what}, and goes on`, async () => {
      const answered = new Promise((done) => {
        anne.socket.once("message", (data) => done(JSON.parse(data.toString())));
      });
      anne.send(frame);
      const { error } = await answered;
      assert.equal(error.code, code);
      assert.equal(typeof error.message, "string");
      await anne.settle();
    });
  }

  it("keeps commands that need a cookie off the socket", async () => {
    await assert.rejects(anne.call("session.open", { email: "a@b.fr", password: "x".repeat(12) }), {
      status: 400,
    });
  });

  it("keeps the operator's commands from everybody else", async () => {
    const answer = await anne.post("member.add", { email: "x@y.fr", name: "X", role: "lecteur" });
    assert.ok([403, 404].includes(answer.status), answer.text);
  });

  it("answers 404 to an unknown command, 405 to GET, 415 to another type", async () => {
    assert.equal((await anne.post("message.sing")).status, 404);
    assert.equal((await server.fetch("/api/v1/club.list")).status, 405);
    const text = await anne.post("club.list", "{}", { "content-type": "text/plain" });
    assert.equal(text.status, 415);
  });
});
