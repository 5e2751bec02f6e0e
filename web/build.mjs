// Builds the client into web/dist: bundled, split where it is fetched later, names by content, a page
// that names them, and each file also compressed. Runs on Node 18.
//
//   node web/build.mjs [--dev]     --dev: with source maps, without compression or limit

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "esbuild";

const LIMIT_FIRST_LOAD_BYTES = 60 * 1024; // gzip JavaScript before the first page is drawn
const COMPRESSED = new Set([".js", ".css", ".html", ".svg", ".json", ".txt"]);
const web = dirname(fileURLToPath(import.meta.url));
const dist = join(web, "dist");
const dev = process.argv.includes("--dev");
const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);

async function bundle() {
  const result = await build({
    entryPoints: [join(web, "src/main.tsx")],
    outdir: join(dist, "assets"),
    absWorkingDir: web,
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["es2022"],
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: !dev,
    sourcemap: dev,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    legalComments: "none",
    metafile: true,
    charset: "utf8",
    logLevel: "warning",
  });
  return result.metafile.outputs;
}

/** The entry and all it imports before anything is drawn. */
function firstLoad(outputs, entry) {
  const seen = new Set();
  const walk = (name) => {
    if (!seen.has(name)) {
      seen.add(name);
      for (const one of outputs[name].imports) {
        if (one.kind === "import-statement") {
          walk(one.path);
        }
      }
    }
  };
  walk(entry);
  return [...seen];
}

async function writePage(scripts, styles) {
  const template = await readFile(join(web, "index.html"), "utf8");
  const href = (name) => `/assets/${basename(name)}`;
  const preload = scripts.slice(1).map((name) => `<link rel="modulepreload" href="${href(name)}">`);
  const page = template
    .replace(
      "<!-- styles -->",
      styles.map((name) => `<link rel="stylesheet" href="${href(name)}">`).join("\n"),
    )
    .replace(
      "<!-- scripts -->",
      [`<script type="module" src="${href(scripts[0])}"></script>`, ...preload].join("\n"),
    );
  await writeFile(join(dist, "index.html"), page);
}

async function* walkFiles(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      yield* walkFiles(path);
    } else {
      yield path;
    }
  }
}

async function compress() {
  for await (const path of walkFiles(dist)) {
    if (COMPRESSED.has(extname(path))) {
      const bytes = await readFile(path);
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      };
      await writeFile(`${path}.br`, await brotliAsync(bytes, { params }));
      await writeFile(`${path}.gz`, await gzipAsync(bytes, { level: 9 }));
    }
  }
}

async function gzipBytes(names) {
  const sizes = await Promise.all(
    names.map(
      async (name) => (await gzipAsync(await readFile(join(web, name)), { level: 9 })).length,
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
const outputs = await bundle();
const entry = Object.keys(outputs).find((name) => outputs[name].entryPoint === "src/main.tsx");
const scripts = firstLoad(outputs, entry);
const styles = Object.keys(outputs).filter((name) => name.endsWith(".css"));
await writePage(scripts, styles);
await writeFile(join(dist, "icon.svg"), await readFile(join(web, "icons/icon.svg")));

if (!dev) {
  await compress();
  const first = await gzipBytes(scripts);
  const all = await gzipBytes(Object.keys(outputs).filter((name) => name.endsWith(".js")));
  const digest = createHash("sha256")
    .update(await readFile(join(dist, "index.html")))
    .digest("hex");
  console.log(
    `web: first load ${(first / 1024).toFixed(1)} KB gzip JavaScript (limit 60), all ${(all / 1024).toFixed(1)} KB, ${digest.slice(0, 12)}`,
  );
  if (first > LIMIT_FIRST_LOAD_BYTES) {
    console.error(
      "web: the first load is over its limit; fetch something later (see src/lazy.tsx)",
    );
    process.exit(1);
  }
}
