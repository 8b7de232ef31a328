// Asks the search index of an archive (its format: docs/search-format.md) and
// shows what it finds. Any theme may use it: `Index` finds, `mount` fills a
// search page. It fetches from its own site only, and what people wrote is
// only ever set as text.

// Words, as src/text/words.rs cuts and folds them.
const W = "\\p{Alphabetic}\\p{N}\\p{M}\\u00ad\\u200b-\\u200d\\u2060\\ufeff";
const ALONE = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3041-\\u309f\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const PARTS = "[,.'’\\u00a0\\u2009\\u202f]";
const RUN = new RegExp(`(?<![0-9]${PARTS})[0-9]{1,3}(${PARTS})[0-9]{3}(?:\\1[0-9]{3})*(?!\\1[0-9]|[${W}])|[${W}]+`, "gu");
const PIECE = new RegExp(`(?=[${ALONE}])\\P{M}\\p{M}*|(?:(?![${ALONE}])[${W}]|\\p{M})+`, "gu");
const GENITIVE = new RegExp(`[${W}]['’]$`, "u");
const ACCENT = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u00ad\u200b-\u200d\u2060\ufeff]/g;
const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i", ħ: "h", ŧ: "t", ς: "σ" };

const folded = new Map();
export function fold(text) {
  let out = folded.get(text);
  if (out === undefined) {
    out = text.normalize("NFKD").toLowerCase().replace(ACCENT, "");
    out = out.replace(/[ßæœøđðłþıħŧς]/g, (c) => PLAIN[c]).normalize("NFC");
    if (folded.size > 20000) folded.clear();
    folded.set(text, out);
  }
  return out;
}

// Every word: its folded form, where its run begins and ends.
export function words(text) {
  const out = [];
  for (const { 0: run, 1: parted, index } of text.matchAll(RUN)) {
    if ((run === "s" || run === "S") && GENITIVE.test(text.slice(Math.max(0, index - 3), index))) continue;
    for (const [piece] of fold(parted ? run.replace(/[^0-9]/g, "") : run).matchAll(PIECE)) {
      const form = piece.length > 48 ? [...piece].slice(0, 48).join("") : piece;
      out.push({ form, from: index, to: index + run.length });
    }
  }
  return out;
}
const forms = (text) => words(text).map((w) => w.form);

const DAY = 86400000;
const dayOf = (text) => Math.round(Date.parse(text + "T00:00:00Z") / DAY);
export const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);

const WRITTEN = new RegExp([
  "(\\d{4})-(\\d{1,2})-(\\d{1,2})",
  "(\\d{1,2})([./-]) ?(\\d{1,2})\\5 ?(\\d{4})",
  "(\\d{1,2})(?:st|nd|rd|th|er|[.ºª])?\\s+(?:(?:of|de)\\s+|d['’])?([\\p{L}\\p{M}]+)\\.?,?\\s+(?:de\\s+)?(\\d{4})",
  "([\\p{L}\\p{M}]+)\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})",
].map((way) => `(?:${way})`).join("|").replace(/^(.*)$/s, "(?<![\\p{L}\\p{N}./-])(?:$1)(?![\\p{L}\\p{N}]|[./-]\\d)"), "giu");

// Days as people write them: 2026-11-10, 10/11/2026, 10.11.2026, 8 Sept 2026,
// September 8th, 2026. `months`: their names and their short names. The day
// comes before the month, but for the United States (10.11.2026 apart), and
// where only the other way is a day.
export function daysIn(text, { language = "en", months = [[], []] } = {}) {
  const monthFirst = language.toLowerCase() === "en-us";
  const called = (name) => {
    const asked = fold(name);
    const is = (names) => names.findIndex((month) => fold(month).replace(/\.$/, "") === asked);
    const exact = Math.max(is(months[0]), is(months[1]));
    const begun = months[0].flatMap((month, n) => (fold(month).startsWith(asked) ? [n] : []));
    return exact >= 0 ? exact + 1 : asked.length > 2 && begun.length === 1 ? begun[0] + 1 : 0;
  };
  const day = (y, m, d) => {
    const at = new Date(Date.UTC(y, m - 1, d));
    return at.getUTCMonth() === m - 1 && at.getUTCDate() === +d && y > 0 ? Math.round(at / DAY) : null;
  };
  const out = [];
  for (const m of text.matchAll(WRITTEN)) {
    let found;
    if (m[1]) found = day(m[1], m[2], m[3]);
    else if (m[4]) {
      const ways = [day(m[7], m[6], m[4]), day(m[7], m[4], m[6])];
      if (monthFirst && m[5] !== ".") ways.reverse();
      found = m[5] === "." ? ways[0] : ways[0] ?? ways[1];
    } else found = m[8] ? day(m[10], called(m[9]), m[8]) : day(m[13], called(m[11]), m[12]);
    if (found !== null) out.push({ day: found, from: m.index, to: m.index + m[0].length });
  }
  return out;
}

// What a reader typed: words, "phrases", -without, the beginning of a word*;
// days, if it is known how they are written (see `daysIn`); and what may be
// the number of an item.
export function parse(text, written) {
  const query = { words: [], phrases: [], not: [], notPhrases: [], starts: [], days: [], numbers: [] };
  const quoted = written ? [...text.matchAll(/["“”„][^"“”„]*(?:["“”„]|$)/gu)].map((m) => [m.index, m.index + m[0].length]) : [];
  for (const { day, from, to } of written ? daysIn(text, written) : []) {
    if (quoted.some((q) => from < q[1] && q[0] < to)) continue;
    query.days.push({ day, words: forms(text.slice(from, to)) });
    text = text.slice(0, from) + " ".repeat(to - from) + text.slice(to);
  }
  for (const m of text.matchAll(/(-?)(?:["“”„]([^"“”„]*)["“”„]?|([^\s"“”„]+))/gu)) {
    const not = m[1] && (m.index === 0 || /\s/u.test(text[m.index - 1]));
    const found = forms(m[2] ?? m[3]);
    if (!found.length) continue;
    if (m[2] !== undefined && found.length > 1) (not ? query.notPhrases : query.phrases).push(found);
    else if (not) query.not.push(...found);
    else if (m[3] && tells(found) && !m[3].endsWith("*")) query.numbers.push(found);
    else {
      if (m[3]?.endsWith("*")) query.starts.push(found.pop());
      query.words.push(...found);
    }
  }
  for (const key of ["words", "not", "starts"]) query[key] = [...new Set(query[key])];
  return query;
}

// Whether these words could number one item, as 26/22 does and 5 does not.
function tells(found) {
  return found.some((form) => /[0-9]/.test(form)) && (found.length > 1 || /[^0-9]/.test(found[0]));
}

const utf8 = new TextDecoder();

function varint(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at.n++];
    value += (byte & 127) * 2 ** shift;
    if (!(byte & 128)) return value;
  }
}

async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function headed(bytes) {
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return [JSON.parse(utf8.decode(bytes.subarray(4, 4 + size))), bytes.subarray(4 + size)];
}

// Names of files.
function named(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: bytes.length >> 2 }, (_, n) => view.getUint32(n * 4, true).toString(16).padStart(8, "0"));
}

const lines = (text) => (text ? text.split("\n") : []);

// The last place of which the first term is not after this one.
function place(firsts, term) {
  let [low, high] = [0, firsts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (firsts[middle] <= term) low = middle;
    else high = middle;
  }
  return low;
}

const SCORE = Float32Array.from({ length: 64 }, (_, level) => 0.02 * 50 ** (level / 63));

// A list of documents: calls with each document and its score.
function decode(bytes, each) {
  const at = { n: 0 };
  const count = varint(bytes, at);
  const coarse = bytes[at.n];
  let bit = (at.n + 1) * 8;
  const peek = () => {
    const n = bit >> 3;
    return ((((bytes[n] << 24) | (bytes[n + 1] << 16) | (bytes[n + 2] << 8) | bytes[n + 3]) << (bit & 7)) | ((bytes[n + 4] << (bit & 7)) >> 8)) >>> 0;
  };
  const unary = () => {
    let ones = 0;
    for (;;) {
      const n = Math.clz32(~peek());
      ones += n;
      if (n < 32) {
        bit += n + 1;
        return ones;
      }
      bit += 32;
    }
  };
  const take = (width) => {
    if (!width) return 0;
    const value = peek() >>> (32 - width);
    bit += width;
    return value;
  };
  const gamma = () => {
    const width = unary();
    return 2 ** width + take(width);
  };
  let level = 64 >> coarse;
  for (let done = 0; done < count; ) {
    level -= gamma();
    const size = gamma();
    const width = take(5);
    const score = SCORE[Math.min(63, (level << coarse) + ((1 << coarse) >> 1))];
    let next = 0;
    for (let n = 0; n < size; n++) {
      next += unary() * 2 ** width + take(width);
      each(next++, score);
    }
    done += size;
  }
}

function count(bytes) {
  return varint(bytes, { n: 0 });
}

// How many slips part two words: another letter, one more, one less, two swapped.
export function slips(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before, last, row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    [before, last, row] = [last, row, [i]];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
  }
  return row[b.length];
}
const allowed = (letters) => (letters < 3 ? 0 : letters < 6 ? 1 : letters < 12 ? 2 : 3);

// So many items at most are found by their number alone.
const FEW = 24;
// What is asked for by its name or number comes before all else.
const FIRST = 20000;

export const KINDS = ["item", "meeting", "decision", "issue", "person", "body", "page"];
// A name that is asked for is mostly wanted itself.
const BOOST = [1, 0.9, 1, 1.1, 1.15, 1.15, 1];
// Terms, and the files in which their lists are.
class Dictionary {
  constructor(index, json, names) {
    this.index = index;
    this.firsts = json.blocks ? json.firsts.split("\n") : [];
    this.long = json.long.map((terms) => terms.split(",").filter(Boolean));
    this.files = names.splice(0, this.firsts.length + this.long.length);
    this.longAt = new Map(this.long.flatMap((terms, n) => terms.map((term) => [term, n])));
  }

  block(n) {
    return this.index.once(`b ${this.files[n]}`, () => this.index.file(this.files[n]).then((bytes) => {
      const at = { n: 0 };
      const [terms, lists] = [varint(bytes, at), varint(bytes, at)];
      const entries = [];
      let last = new Uint8Array(0);
      for (let t = 0; t < terms; t++) {
        const shared = bytes[at.n++];
        const rest = varint(bytes, at);
        const term = new Uint8Array(shared + rest);
        term.set(last.subarray(0, shared));
        term.set(bytes.subarray(at.n, at.n + rest), shared);
        at.n += rest;
        entries.push({ term: utf8.decode(term), place: varint(bytes, at) });
        last = term;
      }
      const sizes = Array.from({ length: lists }, () => varint(bytes, at));
      const held = sizes.map((size) => bytes.subarray(at.n, (at.n += size)));
      for (const entry of entries) {
        const n = entry.place >> 1;
        if (entry.place & 1) entry.long = n;
        else entry.list = held[n];
      }
      return entries;
    }));
  }

  longList(n) {
    return this.index.file(this.files[this.firsts.length + n]);
  }

  // The lists of a term, and all terms that share them.
  async find(term) {
    if (this.longAt.has(term)) {
      const n = this.longAt.get(term);
      return [{ list: await this.longList(n), terms: this.long[n] }];
    }
    if (!this.firsts.length) return [];
    const block = await this.block(place(this.firsts, term));
    const found = block.filter((e) => e.term === term);
    return Promise.all(found.map(async (e) => ({
      list: e.list ?? (await this.longList(e.long)),
      terms: e.list ? block.filter((o) => o.place === e.place).map((o) => o.term) : this.long[e.long],
    })));
  }

  // Entries of the blocks where terms with this beginning stand, at most three.
  async near(start, around = 0) {
    if (!this.firsts.length) return [];
    const from = Math.max(0, place(this.firsts, start) - around);
    const to = Math.min(this.firsts.length - 1, Math.max(place(this.firsts, start + "\uffff"), from) + around, from + 2 + around);
    const blocks = await Promise.all(Array.from({ length: to - from + 1 }, (_, n) => this.block(from + n)));
    return blocks.flat().filter((e) => !e.term.includes(":"));
  }
}

export class Index {
  // `base`: where the site begins. `page` reads a page of it: see `readPage`.
  static async open(base, options = {}) {
    const index = new Index();
    index.base = base;
    index.page = options.page ?? readPage;
    index.get = options.fetch ?? ((url, init) => fetch(url, init));
    index.kept = new Map();
    // The root alone has a name that stays: it is asked for anew.
    const [json, rest] = headed(await inflate(await index.bytes("root", { cache: "no-cache" })));
    if (json.format !== 1) throw new Error("unknown format");
    index.load(json, rest);
    return index;
  }

  async bytes(name, init) {
    const answer = await this.get(`${this.base}search/index/${name}.bin`, init);
    if (!answer.ok) throw Object.assign(new Error(`${answer.status} ${name}`), { status: answer.status });
    return new Uint8Array(await answer.arrayBuffer());
  }

  // What was made once is kept, unless it failed.
  once(key, make) {
    if (!this.kept.has(key)) {
      const made = make();
      made.catch(() => this.kept.delete(key));
      this.kept.set(key, made);
    }
    return this.kept.get(key);
  }

  file(name) {
    return this.once(name, () => this.bytes(name));
  }

  // A deflated file, and what is made of it.
  deflated(name, from = (bytes) => JSON.parse(utf8.decode(bytes))) {
    return this.once(`d ${name}`, () => this.file(name).then(inflate).then(from));
  }

  load(json, rest) {
    this.written = { language: json.language, months: json.months };
    Object.assign(this, { docs: json.docs, bodies: json.bodies, sets: json.sets, endings: json.endings, itemPages: json.item_pages });
    const at = { n: 0 };
    const column = () => Array.from({ length: json.groups }, () => varint(rest, at));
    const [gaps, sets, counts] = [column(), column(), column()];
    const names = named(rest.subarray(at.n));
    // Documents: kind, group (or -1), and of groups their first document.
    this.kind = new Uint8Array(json.docs);
    this.group = new Int32Array(json.docs).fill(-1);
    this.first = [];
    this.day = [];
    this.set = sets;
    let [doc, day] = [0, dayOf("0001-01-01")];
    for (let g = 0; g < json.groups; g++) {
      this.first.push(doc);
      this.day.push((day += gaps[g]));
      this.kind[doc] = counts[g] ? 1 : 2;
      const after = doc + Math.max(1, counts[g]);
      this.group.fill(g, doc, after);
      doc = after;
    }
    this.dated = doc;
    this.undated = [];
    json.undated.forEach((n, kind) => {
      this.undated.push(doc);
      this.kind.fill(kind + 3, doc, doc + n);
      doc += n;
    });
    // What is newer has the higher rank, and within a meeting what stands first.
    this.rank = new Uint32Array(json.docs);
    this.ranked = new Uint32Array(json.docs);
    let rank = 0;
    for (let d = json.docs - 1; d >= this.dated; d--) this.rank[d] = rank++;
    this.first.forEach((from, g) => {
      for (let d = (this.first[g + 1] ?? this.dated) - 1; d >= from; d--) this.rank[d] = rank++;
    });
    this.rank.forEach((r, d) => (this.ranked[r] = d));
    this.years = this.day.map((n) => new Date(n * DAY).getUTCFullYear());
    this.odd = new Map(json.odd.map(([g, id, items]) => [g, [id, items && items.split(" ")]]));
    let from = 0;
    this.segments = json.segments.map((segment) => {
      const words = new Dictionary(this, segment, names);
      const out = { words, from, docs: segment.docs, pairs: segment.pairs ? names.shift() : null };
      from += segment.docs;
      return out;
    });
    let record = 0;
    this.packs = json.packs.map((gap) => (record += gap));
    this.packFiles = names.splice(0, this.packs.length);
    this.nameFirsts = lines(json.names);
    this.nameFiles = names.splice(0, this.nameFirsts.length);
    this.linkFirsts = lines(json.links);
    this.linkFiles = names.splice(0, this.linkFirsts.length);
    this.columns = json.columns.map((has) => (has ? names.shift() : null));
  }

  bodiesOf(doc) {
    const g = this.group[doc];
    return g < 0 ? [] : this.sets[this.set[g]].map((b) => this.bodies[b]);
  }

  dayOf(doc) {
    return this.group[doc] < 0 ? null : this.day[this.group[doc]];
  }

  // The address of an item or a meeting; others have it in their pack.
  address(doc) {
    const g = this.group[doc];
    const [id, items] = this.odd.get(g) ?? [0, 0];
    const meeting = id || `${this.bodies[this.sets[this.set[g]][0]]?.[0] ?? ""}/${isoDay(this.day[g])}`;
    const page = `${this.base}meetings/${meeting.split("/").map(encodeURIComponent).join("/")}/`;
    const n = doc - this.first[g];
    if (!n) return page;
    const item = encodeURIComponent(items ? items[n - 1] : String(n));
    return this.itemPages ? `${page}${item}/` : `${page}#item-${item}`;
  }

  // Where a word stands: documents with scores, and its other forms.
  async word(term) {
    return this.once(`w ${term}`, () => this.lists(term).then((found) => this.gather(found)));
  }

  // A segment that has a word in other forms only is asked for one of these.
  async lists(term) {
    const found = await Promise.all(this.segments.map((s) => s.words.find(term)));
    if (this.linkFirsts.length && !term.includes(":") && found.some((f) => f.length) && found.some((f) => !f.length)) {
      const file = await this.deflated(this.linkFiles[place(this.linkFirsts, term)]);
      const link = file.find((l) => l[0] === term) ?? [];
      return Promise.all(found.map((f, n) => (f.length || !link[n + 1] ? f : this.segments[n].words.find(link[n + 1]))));
    }
    return found;
  }

  gather(found) {
    const terms = new Set();
    const most = found.flat().reduce((n, { list }) => n + count(list), 0);
    let docs = new Uint32Array(most), scores = new Float32Array(most), n = 0;
    found.forEach((lists, s) => {
      const { from } = this.segments[s];
      const at = lists.length > 1 ? new Map() : null;
      for (const { list, terms: more } of lists) {
        more.forEach((term) => terms.add(term));
        decode(list, (doc, score) => {
          const seen = at?.get(doc);
          if (seen !== undefined) scores[seen] = Math.max(scores[seen], score);
          else {
            at?.set(doc, n);
            docs[n] = from + doc;
            scores[n++] = score;
          }
        });
      }
    });
    if (n < most) [docs, scores] = [docs.subarray(0, n), scores.subarray(0, n)];
    return { docs, scores, terms };
  }

  // Words that begin so, as one.
  async beginning(start) {
    const found = await Promise.all(this.segments.map(async ({ words }) => {
      const lists = new Map();
      for (const { term, list, long } of await words.near(start)) {
        if (!term.startsWith(start)) continue;
        if (!lists.has(list ?? long)) lists.set(list ?? long, []);
        lists.get(list ?? long).push(term);
      }
      return Promise.all([...lists].map(async ([at, terms]) => ({ list: at.length ? at : await words.longList(at), terms })));
    }));
    return this.gather(found);
  }

  // A word that the archive does not have: the form of it that it has, or the
  // nearest word.
  async instead(word) {
    let form = null, near = null;
    const bar = allowed([...word].length);
    for (const { words } of this.segments) {
      const entries = await words.near(word, 1);
      const known = entries.map((e) => ({ term: e.term, n: e.list ? count(e.list) : 1e6 }));
      known.push(...words.long.flat().map((term) => ({ term, n: 1e6 })));
      for (const { term, n } of known) {
        let shared = 0;
        while (shared < term.length && term[shared] === word[shared]) shared++;
        if (shared >= 3) {
          const rule = this.endings.findIndex(([typed, other]) => typed === word.slice(shared) && other === term.slice(shared));
          if (rule >= 0 && (!form || rule < form.rule)) form = { term, rule };
        }
        const far = slips(word, term, bar);
        if (far && far <= bar) {
          const cost = far + (term[0] !== word[0]) - Math.log10(n + 1) / 8;
          if (!near || cost < near.cost) near = { term, cost };
        }
      }
    }
    return { form: form?.term, near: near?.term };
  }

  // Documents in which both words of every pair stand side by side, as far as
  // the index knows: null where it does not.
  async pairs(phrase) {
    let exact = true, out = null;
    for (let n = 0; n + 1 < phrase.length; n++) {
      const docs = new Set();
      let known = true;
      for (const segment of this.segments) {
        if (!segment.pairs) { known = false; break; }
        const { common, pairs } = await this.deflated(segment.pairs, (bytes) => {
          const [json, rest] = headed(bytes);
          return { common: new Set(lines(json.common)), pairs: new Dictionary(this, json, named(rest)) };
        });
        if (!common.has(phrase[n]) || !common.has(phrase[n + 1])) { known = false; break; }
        for (const { list } of await pairs.find(`${phrase[n]} ${phrase[n + 1]}`)) decode(list, (doc) => docs.add(segment.from + doc));
      }
      if (!known) exact = false;
      else out = out ? new Set([...out].filter((doc) => docs.has(doc))) : docs;
    }
    return { docs: out, exact: exact && phrase.length === 2 };
  }

  // The whole answer to a query: see `Answer`.
  async search(text, filters = {}) {
    const query = parse(text, this.written);
    const answer = new Answer(this, query, filters);
    const named = this.named(text, query).catch(() => []);
    const numbers = await Promise.all(query.numbers.map((forms) => this.numbered(forms)));
    query.numbers = query.numbers.filter((forms, n) => numbers[n] || (query.words.push(...forms), false));
    query.words = [...new Set(query.words)];
    const asked = [...new Set([...query.words, ...query.phrases.flat()])];
    const found = await Promise.all(asked.map((term) => this.word(term)));
    answer.swapped = [];
    for (let n = 0; n < asked.length; n++) {
      if (found[n].docs.length || query.phrases.flat().includes(asked[n])) continue;
      const last = n === asked.length - 1 && [...asked[n]].length > 1 && new RegExp(`[${W}]$`, "u").test(text);
      const starts = last ? await this.beginning(asked[n]) : null;
      if (starts?.docs.length) {
        found[n] = starts;
        continue;
      }
      const { form, near } = await this.instead(asked[n]);
      if (form) {
        found[n] = await this.word(form);
        answer.swapped.push([asked[n], form]);
      } else if (near) (answer.meant ??= new Map()).set(asked[n], near);
    }
    found.push(...numbers.filter(Boolean), ...(await Promise.all(query.days.map((day) => this.ofDay(day)))));
    for (const start of query.starts) found.push(await this.beginning(start));
    const not = await Promise.all(query.not.map((term) => this.word(term)));
    const pairs = await Promise.all(query.phrases.map((phrase) => this.pairs(phrase)));
    const notPairs = await Promise.all(query.notPhrases.map(async (phrase) => ({
      phrase, ...(await this.pairs(phrase)), words: await Promise.all(phrase.map((term) => this.word(term))),
    })));
    const only = await Promise.all(["person", "issue"].flatMap((kind) => (filters[kind] ?? []).map(async (id) => ({
      kind, docs: new Set((await this.word(`${kind}:${id}`)).docs),
    }))));
    answer.first = new Set(await named);
    for (const { docs, sure } of numbers.filter(Boolean)) for (const doc of docs.subarray(0, sure)) answer.first.add(doc);
    answer.gather(found, not, pairs, notPairs, only);
    return answer;
  }

  // Some documents, then those that have all of these words, as one word.
  async together(sure, asked) {
    const lists = await Promise.all(asked.map((forms) => Promise.all(forms.map((form) => this.word(form)))));
    const docs = new Map(sure);
    const terms = new Set();
    for (const words of lists) {
      words.forEach((w) => w.terms.forEach((term) => terms.add(term)));
      const [least, ...rest] = [...words].sort((a, b) => a.docs.length - b.docs.length).map((w) => new Map(Array.from(w.docs, (doc, n) => [doc, w.scores[n]])));
      for (const [doc, score] of least) {
        if (!rest.every((r) => r.has(doc)) || docs.has(doc)) continue;
        docs.set(doc, rest.reduce((sum, r) => sum + r.get(doc), score) / words.length);
      }
    }
    return { docs: Uint32Array.from(docs.keys()), scores: Float32Array.from(docs.values()), terms };
  }

  // The items with a number, and what speaks of it; nothing if no item has it.
  // Where few have it, it is enough by itself: `Item 26/22`.
  async numbered(forms) {
    const items = (await this.word(`item:${forms.join("/")}`)).docs;
    if (!items.length) return null;
    const found = await this.together(Array.from(items, (doc) => [doc, 3]), [forms]);
    return { ...found, sure: items.length <= FEW ? items.length : 0 };
  }

  // What is of a day, the meetings first, and what speaks of it.
  async ofDay({ day, words: typed }) {
    const sure = [];
    for (let g = 0; g < this.day.length; g++) {
      if (this.day[g] !== day) continue;
      const end = this.first[g + 1] ?? this.dated;
      for (let doc = this.first[g]; doc < end; doc++) sure.push([doc, doc === this.first[g] ? 3 : 2]);
    }
    const at = new Date(day * DAY);
    const long = forms(`${at.getUTCDate()} ${this.written.months[0][at.getUTCMonth()] ?? ""} ${at.getUTCFullYear()}`);
    const found = await this.together(sure, [long, ...(typed.every((form) => /^[0-9]+$/.test(form)) ? [] : [typed])]);
    // 8, 9 and 2026 stand beside much; but better these than nothing.
    return found.docs.length ? found : this.together([], [typed]);
  }

  // Issues, people and bodies that are called just so, or are known by these
  // words in their address: `Overview and Scrutiny` for a committee.
  async named(text, { not, notPhrases, starts }) {
    const typed = forms(text);
    if (!typed.length || typed.length > 16 || not.length || notPhrases.length || starts.length) return [];
    const rows = await this.namesLike(typed);
    const is = (text) => String(forms(text)) === String(typed);
    return rows.filter(([, name, address]) => is(name) || is(decodeURIComponent(address.split("/")[1] ?? ""))).map(([kind, , , n]) => this.undated[kind] + n);
  }

  // Of the names, those that stand with the longest of these words.
  async namesLike(typed) {
    const key = typed.reduce((long, word) => (word.length > long.length ? word : long), "");
    if (!key || !this.nameFirsts.length) return [];
    return this.deflated(this.nameFiles[place(this.nameFirsts, [...key].slice(0, 2).join(""))]);
  }

  // What a record without a page of its own text says.
  async record(doc) {
    const g = this.group[doc];
    const n = g >= 0 ? g : this.first.length + doc - this.dated;
    const at = place(this.packs, n);
    const [address, title, names, text] = (await this.deflated(this.packFiles[at]))[n - this.packs[at]];
    return { href: this.base + address, title, names, lines: [title, ...lines(text)] };
  }

  // Title and text of a document, and where it is.
  async text(doc) {
    if (this.kind[doc]) return this.record(doc);
    const href = this.address(doc);
    const [url, id] = href.split("#");
    const html = await this.once(`p ${url}`, async () => {
      const answer = await this.get(url);
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.text();
    });
    return { href, ...this.page(html, id && decodeURIComponent(id)) };
  }

  // Issues, people and bodies of which a word begins with each word typed.
  async suggest(text, most = 8) {
    const typed = forms(text);
    if (!typed.some((word) => [...word].length > 1)) return [];
    const file = await this.namesLike(typed);
    const seen = new Set();
    const out = [];
    for (const [kind, name, address] of file) {
      if (seen.has(address)) continue;
      seen.add(address);
      const inName = forms(name);
      if (typed.every((t) => inName.some((w) => w.startsWith(t)))) {
        out.push({ kind: KINDS[kind + 3], name, href: this.base + address, rank: inName.indexOf(typed[0]) === 0 ? -1 : inName.findIndex((w) => w.startsWith(typed[0])) });
      }
    }
    return out.sort((a, b) => a.rank - b.rank || a.name.length - b.name.length || (a.name < b.name ? -1 : 1)).slice(0, most);
  }

  // By person (0) or issue (1): names, and of every document whom it concerns.
  async column(which) {
    return this.deflated(this.columns[which], (bytes) => {
      const [{ names }, rest] = headed(bytes);
      const at = { n: 0 };
      const of = Array.from({ length: this.docs }, () => {
        let next = 0;
        return Array.from({ length: varint(rest, at) }, () => (next += varint(rest, at) + 1) - 1);
      });
      return { names, of };
    });
  }
}

// What a query found: `hits`, best first or newest first, and counts by kind,
// body and year. With a phrase, hits come as texts are checked: see `check`.
class Answer {
  constructor(index, query, filters) {
    Object.assign(this, { index, query, filters, first: new Set(), hits: [], candidates: [], checked: 0, meant: null });
  }

  gather(found, not, pairs, notPairs, only) {
    const { index, filters, query } = this;
    const N = index.docs;
    const wanted = found.length;
    const score = new Float32Array(N);
    const has = new Uint8Array(N);
    this.terms = new Set();
    for (const { docs, scores, terms } of found) {
      const rarity = Math.log(1 + (N - docs.length + 0.5) / (docs.length + 0.5)) + 0.001;
      for (let n = 0; n < docs.length; n++) {
        score[docs[n]] += rarity * scores[n];
        has[docs[n]]++;
      }
      terms.forEach((term) => this.terms.add(term));
    }
    const out = new Uint8Array(N);
    for (const { docs } of not) for (const doc of docs) out[doc] = 1;
    this.suspects = new Map();
    for (const { phrase, docs, exact, words } of notPairs) {
      const sets = words.map((w) => new Set(w.docs));
      for (const doc of docs ?? sets[0]) {
        if (!sets.every((s) => s.has(doc))) continue;
        if (exact) out[doc] = 1;
        else this.suspects.set(doc, [...(this.suspects.get(doc) ?? []), phrase]);
      }
    }
    const sets = pairs.filter((p) => p.docs).map((p) => p.docs);
    this.phrases = query.phrases.filter((_, n) => !pairs[n].exact);

    const { kind, group, day, years } = index;
    const asked = (key) => filters[key] ?? [];
    const kinds = asked("kind").map((k) => KINDS.indexOf(k));
    const bodies = asked("body").map((id) => index.bodies.findIndex((b) => b[0] === id));
    const inYears = asked("year").map(Number);
    const [people, issues] = ["person", "issue"].map((key) => only.filter((o) => o.kind === key).map((o) => o.docs));
    const [from, to] = [filters.from ? dayOf(filters.from) : -Infinity, filters.to ? dayOf(filters.to) : Infinity];
    const ranged = filters.from || filters.to;
    const narrow = [kinds, bodies, inYears, people, issues].some((l) => l.length) || ranged;
    const setFits = index.sets.map((set) => !bodies.length || set.some((b) => bodies.includes(b)));
    const newest = filters.sort === "new" || !wanted;

    const { first } = this;
    const pass = (least, docs) => {
      const counts = { kind: new Uint32Array(7), body: new Uint32Array(index.bodies.length), year: {}, person: [], issue: [] };
      const keys = new Float64Array(docs ? docs.length : N);
      let size = 0;
      for (let n = 0; n < keys.length; n++) {
        const doc = docs ? docs[n] : n;
        if ((has[doc] < least && !first.has(doc)) || out[doc]) continue;
        if (sets.length && !sets.every((s) => s.has(doc))) continue;
        const g = group[doc];
        if (ranged && (g < 0 || day[g] < from || day[g] > to)) continue;
        // Which filters it fails: a hit that fails one is counted by that one.
        let fails = 0;
        if (kinds.length && !kinds.includes(kind[doc])) fails |= 1;
        if (bodies.length && (g < 0 || !setFits[index.set[g]])) fails |= 2;
        if (inYears.length && (g < 0 || !inYears.includes(years[g]))) fails |= 4;
        if (people.length && !people.some((s) => s.has(doc))) fails |= 8;
        if (issues.length && !issues.some((s) => s.has(doc))) fails |= 16;
        if (fails & (fails - 1)) continue;
        if (!(fails & ~1)) counts.kind[kind[doc]]++;
        if (g >= 0) {
          if (!(fails & ~2)) for (const b of index.sets[index.set[g]]) counts.body[b]++;
          if (!(fails & ~4)) counts.year[years[g]] = (counts.year[years[g]] ?? 0) + 1;
        }
        if (people.length && !(fails & ~8)) counts.person.push(doc);
        if (issues.length && !(fails & ~16)) counts.issue.push(doc);
        if (fails) continue;
        const best = newest ? 0 : Math.round((8 * Math.max(0, has[doc] - least) + score[doc] * BOOST[kind[doc]] + (first.has(doc) ? FIRST : 0)) * 4096);
        keys[size++] = best * 2 ** 24 + index.rank[doc];
      }
      const order = Array.from(keys.subarray(0, size).sort().reverse(), (key) => index.ranked[key % 2 ** 24]);
      if (!people.length) counts.person = order;
      if (!issues.length) counts.issue = order;
      return [order, counts];
    };
    let fewest = found.reduce((least, w) => (least && least.length <= w.docs.length ? least : w.docs), null);
    if (first.size && fewest) fewest = Uint32Array.from(new Set([...fewest, ...first]));
    const nothing = !wanted && !narrow && !query.not.length && !query.notPhrases.length;
    [this.candidates, this.counts] = pass(wanted, nothing ? [] : fewest);
    this.partial = false;
    if (!this.candidates.length && wanted > 1 && !query.phrases.length) {
      [this.candidates, this.counts] = pass(1, null);
      this.partial = this.candidates.length > 0;
    }
    this.unsure = this.phrases.length > 0 || this.candidates.some((doc) => this.suspects.has(doc));
    this.hits = this.unsure ? [] : this.candidates;
    this.checked = this.hits.length;
  }

  // Reads the texts of so many more candidates, and keeps those that hold.
  async check(most = 20) {
    const next = this.candidates.slice(this.checked, this.checked + most);
    const read = await Promise.all(next.map((doc) => (this.phrases.length || this.suspects.has(doc) ? this.index.text(doc) : null)));
    read.forEach((text, n) => {
      const inLines = text?.lines.map(forms);
      const holds = (phrase) => inLines.some((line) => at(line, phrase) >= 0);
      const doc = next[n];
      if (this.phrases.every(holds) && !(this.suspects.get(doc) ?? []).some(holds)) this.hits.push(doc);
    });
    this.checked += next.length;
    return this.checked < this.candidates.length;
  }

  // The text round what was found: pieces, of which some are marked.
  excerpt(text, room = 260) {
    const { phrases, starts } = this.query;
    const look = (line) => {
      const found = words(line);
      const marked = found.map((w) => +(this.terms.has(w.form) || starts.some((s) => w.form.startsWith(s))));
      const cut = found.map((w) => w.form);
      for (const phrase of phrases) {
        const n = at(cut, phrase);
        if (n >= 0) phrase.forEach((_, k) => (marked[n + k] = 2));
      }
      return { line, found, marked };
    };
    let best = null;
    const rest = text.lines.slice(1);
    for (let i = 0; i < rest.length; i++) {
      const { found, marked } = look(rest[i]);
      for (let n = 0; n < found.length; n++) {
        if (!marked[n]) continue;
        let end = n;
        const seen = new Map();
        for (let k = n; k < found.length && found[k].to - found[n].from < room * 0.8; k++) {
          if (!marked[k]) continue;
          seen.set(found[k].form, Math.max(marked[k], seen.get(found[k].form) ?? 0));
          end = k;
        }
        // Running text says more than a fact.
        const worth = [...seen.values()].reduce((a, b) => a + b, rest[i].length > 80 ? 1.5 : 0);
        if (!best || worth > best.worth) best = { worth, i, from: found[n].from, to: found[end].to };
      }
    }
    best ??= { i: Math.max(0, rest.findIndex((line) => line.length > 80)), from: 0, to: 0 };
    let whole = rest[best.i] ?? "";
    for (let i = best.i + 1; i < rest.length && whole.length < room / 2; i++) whole += ` · ${rest[i]}`;
    const { found, marked } = look(whole);
    const spare = Math.max(0, room - (best.to - best.from));
    let from = Math.max(0, best.from - (spare >> 1));
    let to = Math.min(whole.length, from + room);
    from = Math.max(0, Math.min(from, to - room));
    if (from > 0) from = found.find((w) => w.from >= from)?.from ?? from;
    if (to < whole.length) to = found.findLast((w) => w.to <= to)?.to ?? to;
    const out = from > 0 ? [{ text: "… " }] : [];
    let done = from;
    found.forEach((w, n) => {
      if (!marked[n] || w.from < done || w.to > to) return;
      out.push({ text: whole.slice(done, w.from) }, { text: whole.slice(w.from, w.to), mark: true });
      done = w.to;
    });
    out.push({ text: whole.slice(done, to) + (to < whole.length ? " …" : "") });
    return out.filter((p) => p.text);
  }
}

// Where a phrase stands in the words of a line; -1 when it does not.
function at(line, phrase) {
  for (let n = line.indexOf(phrase[0]); n >= 0; n = line.indexOf(phrase[0], n + 1)) {
    if (phrase.every((word, k) => line[n + k] === word)) return n;
  }
  return -1;
}

// Title and lines of a page, or of the part with an id: what stands in the
// elements marked `data-text`, a line for every block.
const BLOCK = /^(P|LI|H[1-6R]|TR|TD|TH|DIV|DL|UL|OL|PRE|DD|DT|BLOCKQUOTE|SECTION|ARTICLE|TABLE)$/;
export function readPage(html, id) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const part = id && page.getElementById(id);
  const roots = part ? [part] : [...page.querySelectorAll("[data-text]")];
  if (!roots.length) roots.push(page.querySelector("main") ?? page.body);
  let text = "";
  const walk = (node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) text += child.data.replace(/\s+/gu, " ");
      else if (child.nodeType === 1) {
        const part = child.tagName === "BR" ? " " : BLOCK.test(child.tagName) ? "\n" : "";
        text += part;
        walk(child);
        text += part;
      }
    }
  };
  for (const root of roots) {
    walk(root);
    text += "\n";
  }
  const all = text.split("\n").map((line) => line.trim()).filter(Boolean);
  return { title: all[0] ?? "", lines: all };
}

// The search page: an element with `data-base`, the words of the interface in
// `data-t-…`, a form, and places marked `data-search-…`.
const FACETS = ["kind", "body", "year", "person", "issue"];
const SHOWN = 10;

function make(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...inside);
  return element;
}

export function mount(root) {
  const base = root.dataset.base;
  const lang = document.documentElement.lang || "en";
  const part = (name) => root.querySelector(`[data-search-${name}]`);
  const [status, meant, names, filters, results, empty, more, order] = ["status", "meant", "names", "filters", "results", "empty", "more", "order"].map(part);
  const form = root.querySelector("form");
  const input = form.querySelector("input");
  const number = new Intl.NumberFormat(lang);
  const date = new Intl.DateTimeFormat(lang, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const long = (day) => date.format(new Date(day * DAY));
  const t = (key, values = {}) => Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, () => value), root.getAttribute(`data-t-${key}`) ?? key);
  const many = (key, n) => t(n === 1 ? `${key}-one` : key, { n: number.format(n) });
  let index, state, answer, shown = 0, turn = 0;
  const open = new Set();

  const opened = () => (index ??= Index.open(base).catch((error) => {
    index = null;
    throw error;
  }));

  const fromAddress = () => {
    const at = new URLSearchParams(location.search);
    const out = { q: at.get("q") ?? "", from: at.get("from") ?? "", to: at.get("to") ?? "", sort: at.get("sort") ?? "" };
    for (const key of ["from", "to"]) if (!/^\d{4}-\d\d-\d\d$/.test(out[key]) || Number.isNaN(dayOf(out[key]))) out[key] = "";
    for (const facet of FACETS) out[facet] = at.getAll(facet);
    return out;
  };
  const toAddress = (push) => {
    const to = new URLSearchParams();
    for (const [key, value] of Object.entries(state)) for (const one of [value].flat()) if (one) to.append(key, one);
    const address = `${location.pathname}${to.size === 0 ? "" : `?${to}`}`;
    if (address === location.pathname + location.search) return;
    history[push ? "pushState" : "replaceState"](null, "", address);
  };

  const asForm = () => {
    input.value = state.q;
    order.value = state.sort === "new" ? "new" : "";
  };

  const run = async (again = false) => {
    const mine = ++turn;
    const late = setTimeout(() => mine === turn && say(t("searching")), 250);
    try {
      const at = await opened();
      if (mine !== turn) return;
      const found = await at.search(state.q, state);
      let left = found.unsure;
      // A phrase is looked for in the texts, best first, until a few are found.
      while (left && found.hits.length < 5 && found.checked < 40 && mine === turn) left = await found.check();
      if (mine !== turn) return;
      answer = found;
      show();
      suggest(at, mine);
    } catch (error) {
      if (mine !== turn) return;
      // The site was published anew: its old files are gone.
      if (error.status === 404 && !again) {
        index = null;
        return run(true);
      }
      clear();
      say(t(navigator.onLine === false ? "offline" : "failed"));
      status.append(" ", make("button", { type: "button", onclick: () => run() }, t("retry")));
      results.dataset.error = String(error);
    } finally {
      clearTimeout(late);
      root.removeAttribute("aria-busy");
    }
  };

  const say = (text) => status.replaceChildren(text);
  const clear = () => {
    shown = 0;
    results.replaceChildren();
    meant.replaceChildren();
    names.replaceChildren();
    for (const element of [meant, names, empty, more, filters]) element.hidden = true;
  };

  const show = () => {
    const { hits, query, candidates, checked } = answer;
    clear();
    const asked = query.words.length + query.days.length + query.numbers.length + query.phrases.length + query.starts.length + query.not.length + query.notPhrases.length;
    if (!asked && !FACETS.some((f) => state[f].length) && !state.from && !state.to) {
      say(t("start"));
      answer.idle = true;
      fillFilters();
      return;
    }
    let text = many("results", hits.length);
    if (answer.partial) text = `${t("partial")} ${text}`;
    if (answer.unsure && checked < candidates.length) {
      text = `${text} ${t("checked", { n: number.format(checked), all: number.format(candidates.length) })}`;
    }
    for (const [typed, form] of answer.swapped) text = `${t("instead", { typed, form })} ${text}`;
    say(text);
    if (answer.meant) {
      let other = state.q;
      for (const [typed, near] of answer.meant) {
        const word = words(other).find((w) => w.form === typed);
        if (word) other = other.slice(0, word.from) + near + other.slice(word.to);
      }
      const [before, after] = t("meant").split("{query}");
      meant.append(before, make("a", { href: `?${new URLSearchParams({ q: other })}`, onclick: (event) => change(event, { q: other }) }, other), after ?? "");
      meant.hidden = false;
    }
    empty.hidden = hits.length > 0 || (answer.unsure && checked < candidates.length);
    fillFilters();
    extend();
  };

  const change = (event, values) => {
    event?.preventDefault();
    Object.assign(state, values);
    asForm();
    toAddress(true);
    run();
  };

  const watcher = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      fill(target, target.doc);
    }
  });

  const extend = () => {
    const before = shown;
    for (const doc of answer.hits.slice(shown, shown + SHOWN)) results.append(hit(doc));
    shown = Math.min(answer.hits.length, shown + SHOWN);
    const rest = answer.hits.length > shown;
    const unread = answer.unsure && answer.checked < answer.candidates.length;
    more.hidden = !rest && !unread;
    more.textContent = rest ? t("more") : t("continue");
    return results.children[before];
  };

  const hit = (doc) => {
    const at = answer.index;
    const kind = KINDS[at.kind[doc]];
    const facts = [t(`kind-${kind}`), ...at.bodiesOf(doc).map((b) => b[1])];
    if (at.dayOf(doc) !== null) facts.push(long(at.dayOf(doc)));
    const known = kind === "item" || kind === "meeting";
    const link = make("a", known ? { href: at.address(doc) } : {});
    if (known) link.textContent = kind === "item" ? t("item", { n: decodeURIComponent(at.address(doc).match(/([^/]+?)\/?$/)[1].replace(/^.*#item-/, "")) }) : facts.slice(1).join(", ");
    const element = make("li", { class: "search-hit" }, make("p", { class: "meta" }, facts.join(" · ")), make("h3", {}, link), make("p", { class: "search-excerpt" }, "\u00a0"));
    element.doc = doc;
    if (known) watcher.observe(element);
    else fill(element, doc);
    return element;
  };

  const fill = async (element, doc) => {
    const mine = answer;
    try {
      const text = await mine.index.text(doc);
      if (mine !== answer) return;
      const link = element.querySelector("a");
      link.href = text.href;
      link.textContent = text.title;
      const pieces = mine.excerpt(text).map((piece) => (piece.mark ? make("mark", {}, piece.text) : piece.text));
      element.lastChild.replaceChildren(...(pieces.length ? pieces : [(text.names ?? "").split("\n").join(" · ")]));
    } catch {
      element.lastChild.textContent = t("no-excerpt");
    }
  };

  const suggest = async (at, mine) => {
    const found = state.q.trim() ? await at.suggest(state.q, 4).catch(() => []) : [];
    if (mine !== turn || !found.length) return;
    names.replaceChildren(make("ul", { class: "inline" }, ...found.map((f) => make("li", {}, make("a", { href: f.href }, f.name), " ", make("span", { class: "facts" }, t(`kind-${f.kind}`))))));
    names.hidden = false;
  };

  // The filters: what could be chosen, with the hits that it would leave.
  const fillFilters = () => {
    const { index: at, counts } = answer;
    const rows = {
      kind: KINDS.map((kind, n) => [kind, t(`kind-${kind}`), counts.kind[n]]),
      body: at.bodies.map(([id, name], n) => [id, name, counts.body[n]]),
      year: Object.entries(counts.year).map(([year, n]) => [year, year, n]).reverse(),
    };
    for (const facet of FACETS) {
      const box = filters.querySelector(`[data-search-facet="${facet}"]`);
      if (facet === "body" || facet === "kind" || facet === "year") fillFacet(facet, box, rows[facet]);
      else if (at.columns[FACETS.indexOf(facet) - 3]) {
        const details = box.closest("details");
        details.ontoggle = () => details.open && count(facet, box);
        if (details.open) count(facet, box);
        else fillFacet(facet, box, state[facet].map((id) => [id, id, counts[facet].length]), true);
      } else box.closest("details").hidden = true;
    }
    for (const key of ["from", "to"]) {
      const day = filters.querySelector(`[name=${key}]`);
      day.value = state[key];
      if (state[key]) day.closest("details").open = true;
    }
    filters.hidden = false;
  };

  const count = async (facet, box) => {
    const mine = answer;
    if (!box.children.length) box.replaceChildren(t("counting"));
    const { names: all, of } = await mine.index.column(FACETS.indexOf(facet) - 3);
    if (mine !== answer) return;
    const counts = new Uint32Array(all.length);
    for (const doc of mine.counts[facet]) for (const id of of[doc]) counts[id]++;
    fillFacet(facet, box, all.map(([id, name], n) => [id, name, counts[n]]));
  };

  const fillFacet = (facet, box, rows, closed) => {
    const chosen = state[facet];
    for (const id of chosen) if (!rows.some((r) => r[0] === id)) rows.push([id, id, 0]);
    const details = box.closest("details");
    rows = rows.filter(([id, , n]) => n || chosen.includes(id));
    if (facet === "body" || facet === "person" || facet === "issue") rows.sort((a, b) => chosen.includes(b[0]) - chosen.includes(a[0]) || b[2] - a[2] || a[1].localeCompare(b[1], lang));
    const most = open.has(facet) ? 200 : 10;
    const focused = document.activeElement?.closest?.("[data-search-facet]") === box && document.activeElement.value;
    box.replaceChildren(...rows.slice(0, most).map(([id, name, n]) => make("label", {},
      make("input", { type: "checkbox", name: facet, value: id, checked: chosen.includes(id), onchange: (event) => change(null, { [facet]: event.target.checked ? [...chosen, id] : chosen.filter((c) => c !== id) }) }),
      make("span", {}, name, ...(closed ? [] : ["\u00a0", make("span", { class: "facts" }, `(${number.format(n)})`)])))));
    if (rows.length > most) box.append(make("button", { type: "button", onclick: () => (open.add(facet), fillFilters()) }, t("all-choices", { n: number.format(rows.length) })));
    if (!rows.length && !closed) box.append(t("no-choices"));
    details.querySelector("summary span")?.replaceChildren(chosen.length ? ` (${chosen.length})` : "");
    if (focused) [...box.querySelectorAll("input")].find((i) => i.value === focused)?.focus();
  };

  let wait;
  input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => {
      state.q = input.value;
      toAddress(false);
      run();
    }, 150);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(wait);
    change(event, { q: input.value });
  });
  order.addEventListener("change", () => change(null, { sort: order.value }));
  for (const key of ["from", "to"]) filters.querySelector(`[name=${key}]`).addEventListener("change", (event) => change(null, { [key]: event.target.value }));
  part("reset").addEventListener("click", () => change(null, { ...Object.fromEntries(FACETS.map((f) => [f, []])), from: "", to: "" }));
  more.addEventListener("click", async () => {
    const had = answer.hits.length;
    if (shown >= had && answer.unsure) {
      more.disabled = true;
      await answer.check().catch(() => {});
      more.disabled = false;
      const n = shown;
      show();
      while (shown < n) extend();
      if (answer.hits.length > had) results.children[had]?.querySelector("a")?.focus();
      else (more.hidden ? input : more).focus();
      return;
    }
    extend()?.querySelector("a")?.focus();
  });
  // From the words to the hits and back with the arrows.
  root.addEventListener("keydown", (event) => {
    const links = [...results.querySelectorAll("h3 a")];
    const here = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && (here >= 0 || event.target === input)) (links[here + 1] ?? links[here])?.focus();
    else if (event.key === "ArrowUp" && here >= 0) (links[here - 1] ?? input).focus();
    else if (event.key === "Escape" && here >= 0) input.focus();
    else return;
    event.preventDefault();
  });
  addEventListener("popstate", () => {
    state = fromAddress();
    asForm();
    run();
  });
  state = fromAddress();
  // What was typed before the script came counts too.
  if (input.value && !state.q) state.q = input.value;
  asForm();
  root.querySelectorAll("[data-search-live]").forEach((element) => (element.hidden = false));
  root.setAttribute("aria-busy", "true");
  if (matchMedia("(min-width: 52rem)").matches) filters.open = true;
  run();
}

// `/` leads to the words, wherever a reader is.
export function slash(input) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

if (typeof document === "object") {
  const root = document.querySelector("[data-search]");
  if (root) {
    mount(root);
    slash(root.querySelector("input"));
  }
}
