// What the server says of itself, before the public validators of both formats.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { before, test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import { cli } from "../lib/server.mjs";

const ASYNCAPI_SCHEMA = createRequire(import.meta.url).resolve(
  "@asyncapi/specs/schemas/3.0.0.json",
);
const openapi = {};
const asyncapi = {};

before(async () => {
  Object.assign(openapi, JSON.parse((await cli(["describe", "openapi"])).stdout));
  Object.assign(asyncapi, JSON.parse((await cli(["describe", "asyncapi"])).stdout));
});

/** Every object of a document, with its path. */
function* objects(value, path = "#") {
  if (typeof value !== "object" || value === null) {
    return;
  }
  yield [value, path];
  for (const [name, member] of Object.entries(value)) {
    yield* objects(member, `${path}/${name}`);
  }
}

function deadReferences(document) {
  const dead = [];
  for (const [object] of objects(document)) {
    if (typeof object.$ref !== "string") {
      continue;
    }
    const names = object.$ref.split("/").slice(1);
    if (names.reduce((value, name) => value?.[name], document) === undefined) {
      dead.push(object.$ref);
    }
  }
  return dead;
}

test("the OpenAPI document passes a public validator", async () => {
  const validator = new Validator();
  const result = await validator.validate(structuredClone(openapi));
  assert.deepEqual(result.errors ?? [], []);
  assert.equal(result.valid, true);
  assert.equal(validator.version, "3.1");
});

test("the AsyncAPI document passes the schema of its specification", () => {
  // The specification brings the meta-schema it is written in.
  const ajv = new Ajv({
    strict: false,
    validateFormats: false,
    allErrors: true,
    meta: false,
    validateSchema: false,
  });
  const validate = ajv.compile(JSON.parse(readFileSync(ASYNCAPI_SCHEMA, "utf8")));
  validate(asyncapi);
  assert.deepEqual(validate.errors ?? [], []);
});

test("no reference leads nowhere", () => {
  assert.deepEqual(deadReferences(openapi), []);
  assert.deepEqual(deadReferences(asyncapi), []);
});

test("every schema is one that a JSON Schema validator can use", () => {
  const ajv = new Ajv2020({ allowUnionTypes: true });
  ajv.addVocabulary(["components"]);
  ajv.addSchema({ $id: "openapi", components: openapi.components });
  for (const [object, path] of objects(openapi.paths)) {
    if (object.schema) {
      const schema = JSON.parse(JSON.stringify(object.schema).replaceAll('"#/', '"openapi#/'));
      assert.doesNotThrow(() => ajv.compile(schema), path);
    }
  }
});

test("what outside clients rely on is there", () => {
  for (const name of [
    "session.open",
    "club.list",
    "channel.list",
    "message.post",
    "message.list",
    "message.search",
  ]) {
    assert.ok(openapi.paths[`/api/v1/${name}`], name);
  }
  assert.ok(asyncapi.operations["session.resume"]);
  for (const fact of ["message.posted", "message.edited", "message.deleted"]) {
    assert.ok(asyncapi.components.messages[`${fact}.fact`], fact);
  }
});
