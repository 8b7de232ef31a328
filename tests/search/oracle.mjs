// The reader of the search index against a plain scan of the records, on
// random queries that are the same every time. Run by a test of
// src/outlets/search/root.rs, which wrote the folder.
import fs from "node:fs";
import path from "node:path";
import { Index, daysIn, fold, isoDay, parse, words } from "../../themes/default/static/js/search.js";

const folder = process.argv[2];
const { docs, stem } = JSON.parse(fs.readFileSync(path.join(folder, "oracle.json"), "utf8"));
const get = async (url) => {
  const file = path.join(folder, url);
  return fs.existsSync(file) ? new Response(fs.readFileSync(file)) : new Response("", { status: 404 });
};
const index = await Index.open("/", { fetch: get });
// Texts come from the scan, so that only the index and the reader are tried.
index.text = async (doc) => ({ title: docs[doc].text[0], lines: docs[doc].text });

let seed = 20261122;
const random = (n) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * n);
};
const pick = (list) => list[random(list.length)];
let wrong = 0;
let tried = 0;
const complain = (query, what) => {
  if (++wrong < 20) console.log(`${JSON.stringify(query)}: ${what}`);
};

const stems = docs.map((doc) => new Set(doc.stems));
// A form has the stems of all its spellings.
const has = (doc, form) => stem[form].some((s) => stems[doc].has(s));
const line = (doc, phrase) => docs[doc].lines.some((l) => l.some((_, n) => phrase.every((word, k) => l[n + k] === word)));
const all = docs.map((_, doc) => doc);
const same = (query, found, expected) => {
  tried++;
  const f = new Set(found);
  const e = new Set(expected);
  const missing = [...e].filter((doc) => !f.has(doc));
  const surplus = [...f].filter((doc) => !e.has(doc));
  if (missing.length || surplus.length) complain(query, `missing ${missing.slice(0, 5)}, surplus ${surplus.slice(0, 5)} of ${e.size}`);
  if (found.length !== f.size) complain(query, "a hit stands twice");
};
const ask = async (text, filters) => {
  const answer = await index.search(text, filters);
  while (answer.unsure && (await answer.check(50)));
  return answer;
};

if (index.docs !== docs.length) complain("", `${index.docs} documents instead of ${docs.length}`);
const full = all.filter((doc) => docs[doc].lines.flat().length > 3);
const someForm = () => pick(docs[pick(full)].lines.flat());
const neighbours = () => docs[pick(full)].lines.flat();

for (let n = 0; n < 400; n++) {
  const own = neighbours();
  const asked = Array.from({ length: 1 + random(3) }, () => (random(4) ? pick(own) : someForm()));
  // The last word ends with a space: a word, not the beginning of one.
  const answer = await ask(`${asked.join(" ")} `);
  const expected = all.filter((doc) => asked.every((form) => has(doc, form)));
  same(asked, answer.partial ? [] : answer.hits, expected);
  if (!expected.length) same([...asked, "(some)"], answer.hits, all.filter((doc) => asked.some((form) => has(doc, form))));
}
for (let n = 0; n < 200; n++) {
  const own = neighbours();
  const [a, b] = [pick(own), random(2) ? pick(own) : someForm()];
  if (stem[a].some((s) => stem[b].includes(s))) continue;
  const answer = await ask(`${a} -${b} `);
  same([a, `-${b}`], answer.hits, all.filter((doc) => has(doc, a) && !has(doc, b)));
}
for (let n = 0; n < 300; n++) {
  const from = pick(docs[pick(full)].lines.filter((l) => l.length > 2));
  if (!from) continue;
  const at = random(from.length - 1);
  const phrase = random(5) ? from.slice(at, at + 2 + random(3)) : [someForm(), someForm()];
  if (phrase.length < 2) continue;
  const answer = await ask(`"${phrase.join(" ")}"`);
  same(phrase, answer.hits, all.filter((doc) => line(doc, phrase)));
  const without = await ask(`${phrase[0]} -"${phrase.join(" ")}" `);
  same([phrase[0], `-"${phrase.join(" ")}"`], without.hits, all.filter((doc) => has(doc, phrase[0]) && !line(doc, phrase)));
}
for (let n = 0; n < 100; n++) {
  const form = someForm();
  if ([...form].length < 3) continue;
  const start = [...form].slice(0, Math.max(2, [...form].length - 1 - random(2))).join("");
  const answer = await ask(`${start}*`);
  // All that hold a word that begins so are found; and of the others, those
  // that hold another form of such a word. A beginning that thousands share is
  // cut after three files.
  const begun = new Set(Object.entries(stem).filter(([other]) => other.startsWith(start)).flatMap(([, s]) => s));
  const may = new Set(all.filter((doc) => docs[doc].stems.some((s) => begun.has(s))));
  tried++;
  for (const doc of answer.hits) if (!may.has(doc)) complain(`${start}*`, `surplus ${doc}`);
  const f = new Set(answer.hits);
  if (index.segments.every((s) => s.words.firsts.length <= 3)) {
    for (const doc of all) if (docs[doc].lines.some((l) => l.some((form) => form.startsWith(start))) && !f.has(doc)) complain(`${start}*`, `missing ${doc}`);
  }
}
for (const kind of ["person", "issue"]) {
  for (let n = 0; n < 40; n++) {
    const id = pick(docs[pick(all)][kind]);
    if (!id) continue;
    const form = someForm();
    const answer = await ask(`${form} `, { [kind]: [id] });
    same([form, `${kind}:${id}`], answer.hits, all.filter((doc) => has(doc, form) && docs[doc][kind].includes(id)));
    const column = await index.column(kind === "person" ? 0 : 1);
    const at = column.names.findIndex(([other]) => other === id);
    same(`${kind} ${id}`, column.of.flatMap((of, doc) => (of.includes(at) ? [doc] : [])), all.filter((doc) => docs[doc][kind].includes(id)));
  }
}
for (let n = 0; n < 60; n++) {
  const form = someForm();
  const days = index.day;
  const iso = (day) => new Date(day * 86400000).toISOString().slice(0, 10);
  const range = [pick(days), pick(days)].sort((a, b) => a - b);
  const answer = await ask(`${form} `, { from: iso(range[0]), to: iso(range[1]), sort: "new" });
  same([form, ...range.map(iso)], answer.hits, all.filter((doc) => has(doc, form) && index.dayOf(doc) !== null && index.dayOf(doc) >= range[0] && index.dayOf(doc) <= range[1]));
  const order = answer.hits.map((doc) => index.dayOf(doc));
  if (order.some((day, k) => k && day > order[k - 1])) complain(form, "not newest first");
  // The counts of a filter are what choosing it leaves.
  const open = await ask(`${form} `);
  for (const [year, count] of Object.entries(open.counts.year)) {
    const chosen = await ask(`${form} `, { year: [year] });
    if (chosen.hits.length !== count) complain([form, year], `${chosen.hits.length} hits, ${count} counted`);
  }
}
// Both languages cut and fold alike.
for (const [text, expected] of [
  ["The Council's £1,000 budget", "the council 1000 budget"],
  ["£1,234,567.50 or 1.234.567,50", "1234567 50 or 1234567 50"],
  ["72\u202f000 72\u00a0000 72’000 72 000", "72000 72000 72000 72 000"],
  ["A72,000 1234,000 1,0000 2,000th", "a72 000 1234 000 1 0000 2 000th"],
  ["192.168.100.1, 2024.17, 10.11.2026", "192 168 100 1 2024 17 10 11 2026"],
  ["O’Keane, Élodie & Łódź – Straße", "o keane elodie lodz strasse"],
  ["ref. 2024/0123/FUL; node.js", "ref 2024 0123 ful node js"],
  ["Jose\u0301 co\u00adoperation e\u0301", "jose cooperation e"],
  ["½ m² ﬁne İstanbul ΟΔΟΣ", "1 2 m2 fine istanbul οδοσ"],
  ["東京都 ひら カタカナ 서울", "東 京 都 ひ ら カタカナ 서울"],
  ["ภาษา", "ภ า ษ า"],
  ["it's 's S's", "it s s"],
  ["\u0301 \u200b --- ' ’", ""],
]) {
  tried++;
  if (words(text).map((w) => w.form).join(" ") !== expected) complain(text, words(text).map((w) => w.form).join(" "));
}
// Days, as people write them where.
const english = [["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"], []];
const german = [["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"], ["Jan", "Feb", "Mrz"]];
const french = [["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"], []];
for (const [language, months, text, expected] of [
  ["en-GB", english, "10/11/2026", "2026-11-10"],
  ["en-GB", english, "2026-11-10", "2026-11-10"],
  ["en-GB", english, "8/9/2026 or 8.9.2026 or 8-9-2026", "2026-09-08 2026-09-08 2026-09-08"],
  ["en-GB", english, "8 Sep 2026, 8th September 2026", "2026-09-08 2026-09-08"],
  ["en-GB", english, "8 SEPT. 2026; the 8th of september, 2026", "2026-09-08 2026-09-08"],
  ["en-GB", english, "Sept 8, 2026 and September 8th 2026", "2026-09-08 2026-09-08"],
  ["en-GB", english, "10/25/2026", "2026-10-25"],
  ["en-US", english, "10/11/2026 10.11.2026", "2026-10-11 2026-11-10"],
  ["en-US", english, "25/10/2026", "2026-10-25"],
  ["en-GB", english, "31/2/2026 30 February 2026 13/13/2026 0/1/2026 8 Ju 2026 8 Jul 26", ""],
  ["en-GB", english, "26/22 2026/09/08 1/8/9/2026 8/9/20261 8/9/2026/1 v8/9/2026 3.8.9.2026", ""],
  ["de", german, "8. März 2026, 8. Marz 2026, 8 Mrz 2026, 08.03.2026, 8. 3. 2026", "2026-03-08 2026-03-08 2026-03-08 2026-03-08 2026-03-08"],
  ["fr", french, "8 août 2026, 1er juil. 2026, 8 jui 2026", "2026-08-08 2026-07-01"],
  ["ja", [[], []], "2026-11-10 8 May 2026", "2026-11-10"],
]) {
  tried++;
  const found = daysIn(text, { language, months }).map(({ day }) => isoDay(day)).join(" ");
  if (found !== expected) complain([language, text], found);
}
for (const doc of full.slice(0, 400)) {
  tried++;
  const cut = docs[doc].text.map((l) => words(l).map((w) => w.form).join(" ")).filter(Boolean);
  const expected = docs[doc].lines.map((l) => l.join(" ")).filter(Boolean);
  if (cut.join("\n") !== expected.join("\n")) complain(`document ${doc}`, "is cut otherwise in the two languages");
}
// Whatever is typed, nothing fails.
for (const text of ["", " ", '"', '""', "-", "--", '-"', "*", "a*", "\\", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)",
  "person:x issue:y", "__proto__ constructor toString", "a".repeat(5000), "\u0000\u202e\ud800", "%00 %2e%2e/ ../../root", "😀 🇬🇧", "\uffff", '"a b c" -"d e f" -g h*', "'; drop table", "${7*7} {{7*7}}"]) {
  tried++;
  try {
    const answer = await ask(text);
    for (const doc of answer.hits.slice(0, 3)) answer.excerpt(await index.text(doc));
    await index.suggest(text);
  } catch (error) {
    complain(text, String(error.stack ?? error));
  }
}
if (fold("") !== "" || parse("a -b \"c d\" e*").starts[0] !== "e") complain("parse", "is wrong");
console.log(`${tried} trials on ${docs.length} documents, ${wrong} wrong`);
process.exit(wrong ? 1 : 0);
