// The same queries put to a Pagefind bundle, each in a process of its own:
//   node pagefind.mjs BUNDLE queries.json
// Pagefind has no phrases of its own in this form and other filters, so these are left out.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import zlib from "node:zlib";
import { execFileSync } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";

const [dir, file, one] = process.argv.slice(2);
if (one === undefined) {
  const queries = JSON.parse(fs.readFileSync(file, "utf8"));
  const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
  const rows = [];
  for (const [kind, list] of Object.entries(queries)) {
    if (kind === "filtered" || kind === "phrase") continue;
    const out = list.slice(0, 8).map((q) => JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), dir, file, q], { encoding: "utf8" })));
    rows.push({
      kind, queries: out.length, "median hits": median(out.map((o) => o.results)),
      "first: kB": (median(out.map((o) => o.bytes)) / 1000).toFixed(1), "most kB": (Math.max(...out.map((o) => o.bytes)) / 1000).toFixed(1),
      requests: median(out.map((o) => o.requests)), ms: median(out.map((o) => o.ms)).toFixed(1),
    });
  }
  console.table(rows);
  process.exit(0);
}
let asked = [];
const server = http.createServer((request, response) => {
  try {
    const bytes = fs.readFileSync(path.join(dir, decodeURIComponent(request.url.split("?")[0])));
    asked.push(Math.min(bytes.length, zlib.gzipSync(bytes).length));
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const base = `http://127.0.0.1:${server.address().port}/`;
globalThis.document ??= { querySelector: () => ({ getAttribute: () => "en" }), currentScript: null };
globalThis.window ??= { location: { origin: base } };
globalThis.location ??= { href: base, origin: base };
const plain = globalThis.fetch;
globalThis.fetch = (url, options) => plain(new URL(url, base), options);
const pagefind = await import(pathToFileURL(path.resolve(dir, "pagefind.js")).href);
await pagefind.options({ basePath: base, bundlePath: base, baseUrl: "/", noWorker: true });
await pagefind.init();
const begin = performance.now();
const found = await pagefind.search(one);
const ms = performance.now() - begin;
const top = await Promise.all(found.results.slice(0, 5).map((r) => r.data()));
const reader = zlib.gzipSync(fs.readFileSync(path.join(dir, "pagefind.js"))).length;
console.log(JSON.stringify({ results: found.results.length, requests: asked.length + 1, bytes: asked.reduce((a, b) => a + b, 0) + reader, ms, top: top.map((t) => t.url) }));
process.exit(0);
