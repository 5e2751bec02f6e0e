// TLS, as far as the ANSSI's guide allows it (Recommandations de sécurité relatives à TLS, v1.2, 2020):
// each version, suite, curve and signature that the client can offer is offered alone.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import tls from "node:tls";
import { serveTls } from "../conform/places.mjs";
import { folder, lifetime } from "../lib/server.mjs";

const ANY = "ALL:COMPLEMENTOFALL:@SECLEVEL=0";
const ALLOWED = {
  ECDSA: [
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
  ],
  RSA: [
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-RSA-CHACHA20-POLY1305",
  ],
};
const ALLOWED_1_3 = [
  "TLS_AES_256_GCM_SHA384",
  "TLS_AES_128_GCM_SHA256",
  "TLS_CHACHA20_POLY1305_SHA256",
];
const CURVES = ["X25519", "P-256", "P-384", "P-521", "X448"];
const OTHERS = [
  "secp256k1",
  "secp224r1",
  "secp192r1",
  "sect283r1",
  "brainpoolP256r1",
  "ffdhe2048",
  "ffdhe3072",
];
const KINDS = { ECDSA: undefined, RSA: ["rsa:3072"] };

/** What was agreed on with this offer, or undefined. */
function agree({ url }, offer) {
  const port = new URL(url).port;
  return new Promise((done) => {
    let socket;
    try {
      socket = tls.connect({ host: "127.0.0.1", port, rejectUnauthorized: false, ...offer });
    } catch {
      return done(undefined); // nothing that this client can offer
    }
    socket.on("secureConnect", () => {
      const { name } = socket.getCipher();
      const { name: curve, size } = socket.getEphemeralKeyInfo();
      const agreed = { version: socket.getProtocol(), suite: name, curve: curve ?? size };
      socket.destroy();
      done(agreed);
    });
    socket.on("error", () => done(undefined));
    socket.on("close", () => done(undefined));
  });
}

const only = (version) => ({ minVersion: version, maxVersion: version });

for (const [kind, key] of Object.entries(KINDS)) {
  describe(`TLS with a certificate of ${kind}`, () => {
    const life = lifetime();
    let place;
    before(async () => {
      place = await serveTls(life, {}, key);
    });
    const accepted = async (offers) => {
      const agreed = await Promise.all(offers.map(([, offer]) => agree(place, offer)));
      return offers.filter((_, i) => agreed[i]).map(([name]) => name);
    };

    it("speaks 1.2 and 1.3 and nothing older", async () => {
      const versions = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"];
      const offers = versions.map((version) => [version, { ...only(version), ciphers: ANY }]);
      assert.deepEqual(await accepted(offers), ["TLSv1.2", "TLSv1.3"]);
    });

    it("takes no suite of 1.2 but those with forward secrecy and authenticated encryption", async () => {
      const names = tls.getCiphers().filter((name) => !name.startsWith("tls_"));
      assert.ok(names.length > 30, "this client knows too few to tell");
      const offers = names.map((name) => [
        name.toUpperCase(),
        { ...only("TLSv1.2"), ciphers: `${name.toUpperCase()}:@SECLEVEL=0` },
      ]);
      assert.deepEqual((await accepted(offers)).sort(), [...ALLOWED[kind]].sort());
    });

    it("takes the three suites of 1.3, and neither of those for small machines", async () => {
      const names = [...ALLOWED_1_3, "TLS_AES_128_CCM_SHA256", "TLS_AES_128_CCM_8_SHA256"];
      const offers = names.map((name) => [name, { ...only("TLSv1.3"), ciphers: name }]);
      assert.deepEqual(await accepted(offers), ALLOWED_1_3);
    });

    it("chooses by its own order", async () => {
      const ciphers = [...ALLOWED[kind]].reverse().join(":");
      const agreed = await agree(place, { ...only("TLSv1.2"), ciphers });
      assert.equal(agreed.suite, ALLOWED[kind][0]);
    });

    it("takes the guide's curves, no other and no finite field", async () => {
      const offers = [...CURVES, ...OTHERS].map((curve) => [
        curve,
        { ...only("TLSv1.3"), ecdhCurve: curve },
      ]);
      assert.deepEqual(await accepted(offers), CURVES);
    });

    it("signs with SHA-2 alone", async () => {
      const weak = kind === "RSA" ? ["RSA+SHA1", "RSA+SHA224"] : ["ECDSA+SHA1", "ECDSA+SHA224"];
      const offer = (sigalgs) => [sigalgs, { ...only("TLSv1.2"), ciphers: ANY, sigalgs }];
      assert.deepEqual(await accepted(weak.map(offer)), []);
      const strong = kind === "RSA" ? "RSA-PSS+SHA256" : "ECDSA+SHA256";
      assert.deepEqual(await accepted([offer(strong)]), [strong]);
    });

    it("does not negotiate anew", async () => {
      const { port } = new URL(place.url);
      const socket = tls.connect({
        host: "127.0.0.1",
        port,
        rejectUnauthorized: false,
        ...only("TLSv1.2"),
      });
      await new Promise((done) => socket.on("secureConnect", done));
      const refused = await new Promise((done) => {
        socket.on("error", () => done(true));
        socket.on("close", () => done(true));
        socket.renegotiate({}, (error) => done(error !== null));
      });
      assert.equal(refused, true);
      socket.destroy();
    });
  });
}

// What testssl.sh finds besides is about our certificate, which nobody signed, or (BREACH) about files of
// the client, which are compressed and the same for everybody: no answer to a command is.
const OF_THE_TEST =
  /^(cert_chain_of_trust|cert_expirationStatus|cert_notAfter|cert_revocation|DNS_CAArecord|BREACH)$/;
const MINUTES = 15;

it("passes testssl.sh", {
  skip: !process.env.LONG && "LONG=1",
  timeout: MINUTES * 60_000,
}, async (t) => {
  const { url } = await serveTls(t);
  const report = join(folder(t), "testssl.json");
  const about = ["-p", "-s", "-f", "-P", "-S", "-U", "-E", "-R"];
  const how = ["--jsonfile", report, "--quiet", "--color", "0", "--warnings", "off"];
  const child = spawn("testssl", [
    ...how,
    "--ip",
    "127.0.0.1",
    ...about,
    `localhost:${new URL(url).port}`,
  ]);
  t.after(() => child.kill());
  child.stdout.resume();
  child.stderr.resume();
  await new Promise((done) => child.on("close", done));
  const findings = JSON.parse(readFileSync(report, "utf8"));
  assert.ok(
    findings.filter(({ severity }) => severity === "OK").length >= 30,
    "it looked at nothing",
  );
  const bad = findings.filter(
    ({ id, severity }) => /^(LOW|MEDIUM|HIGH|CRITICAL)$/.test(severity) && !OF_THE_TEST.test(id),
  );
  assert.deepEqual(bad, []);
  const offered = findings.filter(({ id }) => /^cipher-tls/.test(id) || /^FS_ciphers$/.test(id));
  for (const { finding } of offered) assert.doesNotMatch(finding, /CBC|RC4|3DES|MD5|_SHA$/);
});
