// The client's own modules, for tests in Node: bundled as they are, and imported.
//
//   const { apply, merge, replay, emptyState } = await load("core/state", "core/store");
import { webcrypto } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

globalThis.crypto ??= webcrypto; // a browser's own; Node 18 has it apart

const src = resolve(dirname(fileURLToPath(import.meta.url)), "../../web/src");

/** All exports of these modules (paths below web/src, without ending), as one object. */
export async function load(...modules) {
  const folder = resolve("build/web");
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${modules.join("+").replaceAll("/", "-")}-${process.pid}.mjs`);
  const contents = modules.map((name) => `export * from "./${name}.ts";`).join("\n");
  await build({
    stdin: { contents, resolveDir: src, loader: "ts" },
    outfile,
    bundle: true,
    format: "esm",
    target: "node18",
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "warning",
  });
  return import(pathToFileURL(outfile));
}
