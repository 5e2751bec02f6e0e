// Calls drawn from what the server says of itself (openapi, asyncapi): right ones, of objects that there are, and
// ones that are wrong in a way. The same Random gives the same calls.
import { readFileSync } from "node:fs";

const read = (name) =>
  JSON.parse(readFileSync(new URL(`../../schema/${name}.json`, import.meta.url)));
const openapi = read("openapi");
const asyncapi = read("asyncapi");

/** {name: schema of its parameters}, of all commands that one of the two ways takes. */
export const COMMANDS = {};
for (const [path, { post }] of Object.entries(openapi.paths)) {
  if (!path.startsWith("/api/v1/")) continue;
  COMMANDS[path.slice("/api/v1/".length)] =
    post.requestBody?.content["application/json"].schema ?? {};
}
for (const [name, { payload }] of Object.entries(asyncapi.components.messages)) {
  const method = payload?.properties?.method?.const;
  if (name.endsWith(".request")) COMMANDS[method] ??= payload.properties.params ?? {};
}
const NAMES = Object.keys(COMMANDS).sort();
// These end the run's own people or sessions, or hash a password under the sanitizers: now and then.
const RARE =
  /^(person\.(erase|suspend)|session\.(close|revoke|open)|token\.revoke|password|invitation\.accept)/;

/** Every code that may be answered. */
export const CODES = new Set(
  [
    ...readFileSync(new URL("../../server/base/error.def", import.meta.url), "utf8").matchAll(
      /^ERR\(\w+, (-?\d+),/gm,
    ),
  ].map(([, code]) => Number(code)),
);

const WORDS = [
  "Nantua",
  "élu",
  "l'œuvre",
  "@tous",
  "@[1]",
  "#pvd:1",
  "**a**",
  "https://exemple.fr/a",
  "\n",
  "a",
  "👍",
];
const ODD = [
  null,
  true,
  -1,
  0,
  1.5,
  2 ** 53,
  1e300,
  "",
  "\u0000",
  "\u202e",
  "x".repeat(5000),
  [],
  {},
  [[]],
  "1",
  ["a", 1],
];

const resolve = (schema) =>
  schema.$ref
    ? resolve(
        openapi.components.schemas[schema.$ref.split("/").pop()] ??
          asyncapi.components.schemas?.[schema.$ref.split("/").pop()] ??
          {},
      )
    : schema;

/** `pool`: {name of a member: ids there are}. */
export class Calls {
  constructor(random, pool) {
    Object.assign(this, { random, pool });
  }

  /** A command's name and right parameters. */
  next() {
    let name = this.random.pick(NAMES);
    if (RARE.test(name) && !this.random.chance(0.05))
      name = this.random.pick(["message.post", "state.get", "message.list"]);
    return { name, params: this.value(COMMANDS[name], "") };
  }

  text(schema, name) {
    const { random } = this;
    if (name === "nonce") return `nonce-${random.between(1, 10 ** 9)}`;
    if (name === "zone") return "Europe/Paris";
    if (name === "email") return `personne-${random.between(1, 9)}@exemple.fr`;
    const words = Array.from({ length: random.between(1, 6) }, () => random.pick(WORDS));
    return words.join(random.chance(0.5) ? " " : "").slice(0, schema.maxLength ?? 200);
  }

  number(schema, name) {
    const known = this.pool[name] ?? this.pool[name.replace(/s$/, "")];
    if (known && this.random.chance(0.85)) return this.random.pick(known);
    if (/_at$|until|since|from|to$/.test(name))
      return Date.now() + this.random.between(-50, 50) * 86_400_000;
    return this.random.between(
      schema.minimum ?? 0,
      Math.min(schema.maximum ?? 100, (schema.minimum ?? 0) + 100),
    );
  }

  value(given, name) {
    const schema = resolve(given);
    if (schema.enum) return this.random.pick(schema.enum);
    if (schema.const !== undefined) return schema.const;
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    if (type === "string") return this.text(schema, name);
    if (type === "integer" || type === "number") return this.number(schema, name);
    if (type === "boolean") return this.random.chance(0.5);
    if (type === "array") {
      const items = this.random.between(schema.minItems ?? 0, 2);
      return Array.from({ length: items }, () => this.value(schema.items ?? {}, name));
    }
    const wanted = new Set(schema.required ?? []);
    const members = Object.entries(schema.properties ?? {}).filter(
      ([member]) => wanted.has(member) || this.random.chance(0.4),
    );
    return Object.fromEntries(members.map(([member, one]) => [member, this.value(one, member)]));
  }

  /** The same parameters, wrong in one or several ways. */
  wrong(params) {
    const { random } = this;
    const made = { ...params };
    for (let i = random.between(1, 3); i > 0; i--) {
      const member = random.pick([...Object.keys(made), "nouveau", "__proto__x"]);
      if (random.chance(0.3)) delete made[member];
      else made[member] = random.pick(ODD);
    }
    return random.chance(0.05) ? random.pick(ODD) : made;
  }

  /** A text that was JSON, with its bytes cut, doubled or changed. */
  broken(text) {
    const { random } = this;
    const bytes = Buffer.from(text);
    const at = random.between(0, bytes.length - 1);
    const end = random.between(at, Math.min(bytes.length, at + 20));
    const kind = random.between(0, 3);
    if (kind === 0) return bytes.subarray(0, at);
    if (kind === 1) return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
    if (kind === 2) return Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
    bytes[at] = random.between(0x20, 0x7e);
    return bytes;
  }
}
