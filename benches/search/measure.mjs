// What queries cost on a built site, as a reader pays: requests, bytes with
// gzip, and the time from the bytes to the list.
//   node measure.mjs SITE [--json FILE] [--queries FILE]
// The words are taken from the index itself, by how common they are, and are
// the same every time. With --queries they are written to a file, by kind.
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { Index } from "../../themes/default/static/js/search.js";
import { readPlain } from "./page.mjs";

const [site, ...rest] = process.argv.slice(2);
const option = (name) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : null);
const COUNT = 24;

const kept = new Map();
let asked = [];
function read(url) {
  if (!kept.has(url)) {
    const file = path.join(site, decodeURIComponent(url), url.endsWith("/") ? "index.html" : "");
    const bytes = fs.existsSync(file) ? fs.readFileSync(file) : null;
    kept.set(url, { bytes, size: bytes && Math.min(bytes.length, zlib.gzipSync(bytes).length) });
  }
  return kept.get(url);
}
const get = async (url) => {
  const { bytes, size } = read(url);
  asked.push([url, size ?? 0]);
  return bytes ? new Response(bytes) : new Response("", { status: 404 });
};
const open = () => Index.open("/", { fetch: get, page: readPlain });
const readerSize = read("/static/js/search.js").size;

// Words by how common they are: long lists first, then the blocks.
const index = await open();
const sealed = index.segments[0];
const words = [];
for (let n = 0; n < sealed.words.long.length; n++) {
  const terms = sealed.words.long[n].filter((t) => /^[a-z]{3,}$/.test(t));
  if (terms.length) words.push({ word: terms[0], n: (await index.word(terms[0])).docs.length });
}
const step = Math.max(1, Math.floor(sealed.words.firsts.length / 150));
for (let n = 0; n < sealed.words.firsts.length; n += step) {
  for (const { term, list } of (await sealed.words.block(n)).filter((e) => e.list && /^[a-z]{3,}$/.test(e.term)).slice(0, 12)) {
    words.push({ word: term, n: (await index.word(term)).docs.length });
  }
}
words.sort((a, b) => b.n - a.n || (a.word < b.word ? -1 : 1));
const N = index.docs;
// The commonest words of a language say nothing, and nobody asks for them.
const common = words.filter((w) => w.n < N * 0.6 && w.n > N / 12).map((w) => w.word);
const middle = words.filter((w) => w.n <= N / 12 && w.n > N / 200).map((w) => w.word);
const rare = words.filter((w) => w.n <= N / 200).map((w) => w.word);
const spread = (list, n, shift = 0) => (list.length ? Array.from({ length: n }, (_, k) => list[Math.floor(((k * 2 + 1) / (n * 2)) * list.length + shift) % list.length]) : []);
const zip = (...lists) => lists[0].map((_, n) => lists.map((l) => l[n]).join(" "));
const queries = {
  "one word": [...spread(common, COUNT / 2), ...spread(middle, COUNT / 2)],
  "two common words": zip(spread(common, COUNT), spread(common, COUNT, common.length / 3)),
  "three words": zip(spread(common, COUNT), spread(common, COUNT, common.length / 3), spread(middle, COUNT)),
  "rare word": spread(rare.length ? rare : middle, COUNT),
};
// Phrases that stand in texts.
const phrases = [];
for (const word of spread([...common, ...middle], COUNT)) {
  const answer = await index.search(`${word} `);
  const text = await index.text(answer.hits.find((doc) => index.kind[doc] === 0) ?? answer.hits[0]);
  const line = text.lines.find((l) => l.toLowerCase().includes(word)) ?? text.lines[0];
  const cut = line.toLowerCase().match(/[a-z]+/g) ?? [];
  const at = Math.max(0, cut.indexOf(word));
  const phrase = cut.slice(at, at + 2);
  if (phrase.length === 2) phrases.push(`"${phrase.join(" ")}"`);
}
queries.phrase = phrases;
queries.filtered = queries["one word"];
if (option("--queries")) fs.writeFileSync(option("--queries"), JSON.stringify(queries, null, 1));

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
const filters = { body: [index.bodies[0][0]], from: "2015-01-01" };
async function run(at, query, filters) {
  asked = [];
  const answer = await at.search(query, filters);
  let left = answer.unsure;
  while (left && answer.hits.length < 5 && answer.checked < 40) left = await answer.check();
  await Promise.all(answer.hits.slice(0, 5).map((doc) => at.text(doc)));
  return { answer, requests: asked.length, bytes: asked.reduce((sum, a) => sum + a[1], 0) };
}
const rows = [];
for (const [kind, list] of Object.entries(queries)) {
  const filter = kind === "filtered" ? filters : {};
  const first = [], later = [], times = [], hits = [];
  for (const query of list) {
    asked = [];
    const at = await open();
    const start = asked.reduce((sum, a) => sum + a[1], 0) + readerSize;
    const one = await run(at, query, filter);
    first.push({ requests: one.requests + 2, bytes: one.bytes + start });
    hits.push(one.answer.candidates.length);
    // A later query of the same kind, with the root and nothing else in hand.
    later.push(one.bytes);
    // From bytes to list: every file is at hand, the answer is not.
    for (const key of at.kept.keys()) if (/^[wb] /.test(key)) at.kept.delete(key);
    const begin = performance.now();
    await at.search(query, filter);
    times.push(performance.now() - begin);
  }
  rows.push({
    kind, queries: list.length, "median hits": median(hits),
    "first: kB": (median(first.map((f) => f.bytes)) / 1000).toFixed(1), "most kB": (Math.max(...first.map((f) => f.bytes)) / 1000).toFixed(1),
    requests: median(first.map((f) => f.requests)), "most requests": Math.max(...first.map((f) => f.requests)),
    "later: kB": (median(later) / 1000).toFixed(1), "ms": median(times).toFixed(1), "most ms": Math.max(...times).toFixed(1),
  });
}
const files = fs.readdirSync(path.join(site, "search/index"));
const bytes = files.reduce((sum, f) => sum + fs.statSync(path.join(site, "search/index", f)).size, 0);
console.log(`index: ${(bytes / 1e6).toFixed(1)} MB in ${files.length} files; root ${(read("/search/index/root.bin").size / 1000).toFixed(1)} kB; reader ${(readerSize / 1000).toFixed(1)} kB; ${N} documents in ${index.segments.length} segments`);
console.table(rows);
if (option("--json")) fs.writeFileSync(option("--json"), JSON.stringify({ bytes, files: files.length, rows }, null, 1));
