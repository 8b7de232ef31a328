// Known items: does a reader who half remembers a thing find it among the
// first three? Queries are made from the pages of a built site, the same every
// time, and put to our index and, if there is one, to a Pagefind bundle.
//   node known.mjs SITE [BUNDLE] [--count 50] [--seed 1] [--misses] [--queries FILE]
// Three kinds, in turn: an issue's title less a word (where there are no issues,
// an item's); a person whom an item names, with two words of its title; four of
// the rarer words of a decision (where there is none, of an item).
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Index, words } from "../../themes/default/static/js/search.js";
import { readPlain } from "./page.mjs";

const args = process.argv.slice(2);
const option = (name, other) => (args.includes(name) ? args[args.indexOf(name) + 1] : other);
const [site, second] = args;
const bundle = second?.startsWith("--") ? undefined : second;
let seed = Number(option("--seed", 1));
const random = (n) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * n);
};
const pick = (list) => list[random(list.length)];

const read = (file) => fs.readFileSync(file, "utf8");
const list = (folder) => (fs.existsSync(folder) ? fs.readdirSync(folder, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name).sort() : []);
const plain = (html) => html.replace(/<[^>]*>/g, " ").replace(/&(amp|lt|gt|quot);/g, " ");
const heading = (html) => plain(/<h1[^>]*>([^]*?)<\/h1>/.exec(html)?.[1] ?? "").replace(/\s+/g, " ").trim();

const issues = list(path.join(site, "issues")).map((id) => ({ href: `/issues/${id}/`, title: heading(read(path.join(site, "issues", id, "index.html"))) }));
const items = [];
for (const body of list(path.join(site, "meetings"))) {
  for (const day of list(path.join(site, "meetings", body))) {
    for (const item of list(path.join(site, "meetings", body, day))) {
      const file = path.join(site, "meetings", body, day, item, "index.html");
      if (!fs.existsSync(file) || !/page-type" content="item"/.test(read(file))) continue;
      const html = read(file);
      const main = html.slice(html.indexOf("<h1"), html.search(/<section class="elsewhere"|<nav class="pager"/));
      const decided = [...main.matchAll(/<(section|div) class="section section-(?:decision|resolved)"[^>]*>([^]*?)<\/\1>/g)].map((m) => plain(m[2].replace(/<h\d[^]*?<\/h\d>/g, ""))).join(" ");
      const people = [...main.matchAll(/href="[^"]*\/people\/[^"]+"[^>]*>([^<]+)</g)].map((m) => m[1]);
      items.push({ href: `/meetings/${body}/${day}/${item}/`, title: heading(html).replace(/^[\dA-Z.()]+\.\s+/, ""), people, decided, text: plain(main), words: new Set(words(plain(main)).map((w) => w.form)) });
    }
  }
}
const found = new Map();
for (const { words } of items) for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
const telling = (text) => [...new Set(words(text).map((w) => w.form))].filter((w) => w.length > 3 && !/\d/.test(w) && (found.get(w) ?? 0) < items.length / 4);

const made = [];
const seen = new Set();
for (let tries = 0; made.length < Number(option("--count", 50)) && tries < 5000; tries++) {
  const kind = ["issue", "person", "decision"][tries % 3];
  let q = "", expect = [];
  if (kind === "issue") {
    // An archive without issues has titles of items.
    const issue = pick(issues.length > 5 ? issues : items.filter((i) => i.title.split(" ").length > 3));
    const parts = issue.title.split(" ").filter(Boolean);
    if (parts.length > 2) parts.splice(random(parts.length), 1);
    [q, expect] = [parts.join(" ").replace(/["-]/g, " "), [issue.href]];
  } else if (kind === "person") {
    const item = pick(items);
    if (item.people.length) {
      const title = telling(item.title).slice(0, 2);
      if (title.length) [q, expect] = [`${pick(item.people).split(" ").at(-1)} ${title.join(" ")}`, [item.href]];
    }
  } else {
    const item = pick(items);
    const rare = telling(item.decided || item.text).sort((a, b) => found.get(a) - found.get(b)).slice(0, 8);
    const four = rare.filter((_, n) => n % 2 === 0).slice(0, 4);
    if (four.length > 2) [q, expect] = [four.join(" "), [item.href]];
  }
  if (!q || seen.has(q)) continue;
  // What many items say alike, nobody can mean one of.
  const asked = words(q).map((w) => w.form);
  if (items.filter((item) => asked.every((w) => item.words.has(w))).length > 5) continue;
  seen.add(q);
  made.push({ q, kind, expect, within: 3 });
}
const queries = made;
if (option("--queries")) fs.writeFileSync(option("--queries"), JSON.stringify(queries, null, 1));

const index = await Index.open("/", {
  page: readPlain,
  fetch: async (url) => {
    const file = path.join(site, decodeURIComponent(url), url.endsWith("/") ? "index.html" : "");
    return fs.existsSync(file) ? new Response(fs.readFileSync(file)) : new Response("", { status: 404 });
  },
});
async function ours(q) {
  const answer = await index.search(q);
  if (answer.unsure) await answer.check(40);
  return Promise.all(answer.hits.slice(0, 10).map(async (doc) => (await index.text(doc)).href));
}
let theirs = null;
if (bundle) {
  const server = http.createServer((request, response) => {
    const file = path.join(bundle, decodeURIComponent(request.url.split("?")[0]));
    if (fs.existsSync(file)) response.end(fs.readFileSync(file));
    else response.writeHead(404).end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const base = `http://127.0.0.1:${server.address().port}/`;
  globalThis.document ??= { querySelector: () => ({ getAttribute: () => "en" }), currentScript: null };
  globalThis.window ??= { location: { origin: base } };
  globalThis.location ??= { href: base, origin: base };
  const plainFetch = globalThis.fetch;
  globalThis.fetch = (url, options) => plainFetch(new URL(url, base), options);
  const pagefind = await import(pathToFileURL(path.resolve(bundle, "pagefind.js")).href);
  await pagefind.options({ basePath: base, bundlePath: base, baseUrl: "/", noWorker: true });
  await pagefind.init();
  theirs = async (q) => {
    const answer = await pagefind.search(q);
    const top = await Promise.all(answer.results.slice(0, 10).map((r) => r.data()));
    return top.map((t) => new URL(t.raw_url ?? t.url, base).pathname.replace(/index\.html$/, ""));
  };
}
const rank = (hits, expect) => hits.findIndex((href) => expect.includes(href)) + 1;
const rows = [];
for (const query of queries) {
  const [a, b] = [await ours(query.q), theirs && (await theirs(query.q))];
  rows.push({ ...query, ours: rank(a, query.expect), theirs: b && rank(b, query.expect), top: a.slice(0, 3) });
}
const within = (key, kind) => {
  const of = rows.filter((r) => !kind || r.kind === kind);
  return `${of.filter((r) => r[key] > 0 && r[key] <= 3).length} of ${of.length}`;
};
console.table(["", "issue", "person", "decision"].map((kind) => ({ kind: kind || "all", ours: within("ours", kind), ...(theirs ? { pagefind: within("theirs", kind) } : {}) })));
if (args.includes("--misses")) for (const r of rows) if (!(r.ours > 0 && r.ours <= 3)) console.log(`${r.kind}: ${r.q} → ${r.expect[0]} ours ${r.ours}, pagefind ${r.theirs}; first: ${r.top.join(" ")}`);
process.exit(0);
