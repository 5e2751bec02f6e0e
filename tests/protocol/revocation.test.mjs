// Law 5: who loses a right stops receiving, and is refused, within a second.
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { channelOf, clubOf, connected, tokenFor } from "../lib/cast.mjs";
import { Client } from "../lib/client.mjs";
import { lifetime, startServer } from "../lib/server.mjs";
import { deadline } from "../lib/wait.mjs";

const WITHIN_MS = 1000;

describe("losing a right", () => {
  const life = lifetime();
  let server, operator, anne, paul, channel, club;

  beforeEach(async () => {
    server ??= await startServer(life);
    operator = await connected(server, "Odile", { administrator: true, role: "lecteur" });
    anne = await connected(server, "Anne", { role: "animateur" });
    paul = await connected(server, "Paul");
    channel = (await channelOf(anne)).id;
    club = await clubOf(anne);
  });

  /** Paul hears nothing of what is said now. */
  async function hearsNothing(where, client = paul) {
    const { id } = await anne.say(where, "sans Paul");
    await client.settle();
    assert.ok(!client.facts.some(({ message }) => message?.id === id));
  }

  it("closes the sockets of a session that is revoked elsewhere, within a second", async () => {
    const phone = new Client(server, { token: await tokenFor(server, paul.id) });
    await phone.connect();
    const { sessions } = await paul.call("session.list");
    const other = sessions.find((session) => !session.current);
    await paul.call("session.revoke", { session: other.id });
    const { code } = await deadline(phone.closed, WITHIN_MS, "the revoked socket stays open");
    assert.equal(code, 4401);
    assert.equal((await phone.post("club.list")).status, 401);
    await paul.settle();
  });

  it("closes all sockets of a suspended person within a second, and refuses them", async () => {
    await operator.ask("person.suspend", { person: paul.id });
    const { code } = await deadline(paul.closed, WITHIN_MS, "the suspended person stays");
    assert.equal(code, 4401);
    const refused = await paul.post("club.list");
    assert.ok([401, 403].includes(refused.status), refused.text);
  });

  it("lets a person who returns in again", async () => {
    await operator.ask("person.suspend", { person: paul.id });
    await paul.closed;
    await operator.ask("person.return", { person: paul.id });
    paul.credential = { token: await tokenFor(server, paul.id) };
    await paul.connect();
    await paul.say(channel, "me revoilà");
  });

  it("silences a member who is removed from the Club, and says so", async () => {
    const { members } = await anne.ask("member.list", { club: club.id, query: "Paul" });
    const [{ id: membership }] = members.find((item) => item.id === paul.id).memberships;
    await anne.call("membership.end", { membership });
    await paul.fact("access.lost", ({ kind, id }) => kind === "club" && id === club.id, WITHIN_MS);
    await hearsNothing(channel);
    await assert.rejects(paul.say(channel, "encore là ?"), { status: 404 });
  });

  it("silences who is taken out of a private channel, and says so", async () => {
    const { id } = await anne.call("channel.create", {
      club: club.id,
      name: `Comité ${paul.id}`,
      kind: "private",
      members: [paul.id],
    });
    await paul.fact("access.gained", (fact) => fact.kind === "channel" && fact.id === id);
    await anne.call("channel.member_remove", { channel: id, person: paul.id });
    await paul.fact("access.lost", (fact) => fact.kind === "channel" && fact.id === id, WITHIN_MS);
    await hearsNothing(id);
    await assert.rejects(paul.call("message.list", { channel: id }), { status: 404 });
  });

  it("lets nothing through that was asked by a revoked session's open socket", async () => {
    const { sessions } = await paul.call("session.list");
    const current = sessions.find((session) => session.current);
    const late = paul.call("session.revoke", { session: current.id }).catch((error) => error);
    const posted = paul.say(channel, "trop tard").catch((error) => error);
    await late;
    assert.ok((await posted) instanceof Error);
    await paul.closed;
  });
});
