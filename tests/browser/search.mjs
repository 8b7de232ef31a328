// Searches a finished site in a real browser, as a reader would: by typing, with
// the keyboard, back and forth, without a network, without a script, and with
// what means harm. And the reader of the index finds in the browser what it
// finds in Node.
//   node search.mjs SITE_FOLDER
import fs from 'node:fs';
import path from 'node:path';
import { Index } from '../../themes/default/static/js/search.js';
import { launch } from './run.mjs';
import { serve } from './serve.mjs';

const [site] = process.argv.slice(2);
if (!site || !fs.existsSync(path.join(site, 'search/index/root.bin'))) {
  console.error('usage: node search.mjs SITE_FOLDER, of a site with a search');
  process.exit(2);
}
const host = await serve(site);
const at = host.origin + host.base;
const browser = await launch();
let faults = 0;
let looks = 0;
const expect = (what, holds, more = '') => {
  looks++;
  if (holds) return;
  faults++;
  console.log(`${what} ${more}`);
};

const index = await Index.open(at);
const suggestion = JSON.parse(new TextDecoder().decode(await new Response(new Blob([await index.file(index.nameFiles[0])]).stream().pipeThrough(new DecompressionStream('deflate'))).arrayBuffer()))[0][1];
const common = [];
for (const { words } of index.segments) {
  for (const entry of await words.block(0)) if (/^[a-z]{4,}$/.test(entry.term)) common.push(entry.term);
  common.push(...words.long.flat().filter(t => /^[a-z]{4,}$/.test(t)));
}
const term = common[common.length >> 1];

async function open(where, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.events = [];
  page.on('pageerror', e => page.events.push(String(e)));
  page.on('console', m => m.type() === 'error' && page.events.push(m.text()));
  page.on('dialog', d => (page.events.push('a dialog'), d.dismiss()));
  page.on('request', r => r.url().startsWith(host.origin) || page.events.push(`asks another site: ${r.url()}`));
  if (where !== null) await page.goto(at + where, { waitUntil: 'load' });
  return page;
}
const settled = async page => {
  await page.waitForFunction(() => {
    const status = document.querySelector('[data-search-status]')?.textContent;
    return status && !status.endsWith('…');
  }, null, { timeout: 15000 });
  return page.evaluate(() => ({
    status: document.querySelector('[data-search-status]').textContent,
    hits: [...document.querySelectorAll('[data-search-results] h3 a')].map(a => a.getAttribute('href')),
    empty: document.querySelector('[data-search-empty]').getClientRects().length > 0,
    error: document.querySelector('[data-search-results]').dataset.error ?? '',
  }));
};
const run = async (name, job) => {
  try {
    await job();
  } catch (error) {
    expect(`${name}:`, false, String(error).split('\n')[0]);
  }
};

await run('the address holds the query', async () => {
  const page = await open(`search/?q=${term}`);
  const { hits, status } = await settled(page);
  expect('a query in the address gives no hits', hits.length > 0, term);
  expect('the status is announced', (await page.getAttribute('[data-search-status]', 'role')) === 'status' && /\d/.test(status), status);
  await page.waitForFunction(() => document.querySelector('[data-search-results] mark'));
  // Type another word, choose a filter, and go back twice.
  await page.fill('#search-words', `${term} `);
  await page.press('#search-words', 'Enter');
  await settled(page);
  const box = page.locator('[data-search-facet=kind] input').first();
  await box.check();
  await page.waitForURL(/kind=/);
  const narrowed = await settled(page);
  expect('a filter leaves more hits than there were', Number(narrowed.status.replace(/\D/g, '')) <= Number(status.replace(/\D/g, '')), narrowed.status);
  await page.goBack();
  await page.waitForFunction(() => !location.search.includes('kind='));
  await settled(page);
  expect('going back leaves the filter on', !(await page.locator('[data-search-facet=kind] input').first().isChecked()));
  await page.reload();
  expect('a reload loses the query', (await page.inputValue('#search-words')).trim() === term);
  expect('an error is said', page.events.length === 0, page.events[0]);
  await page.context().close();
});

await run('the keyboard is enough', async () => {
  const page = await open('search/');
  await page.keyboard.press('/');
  expect('the slash does not lead to the words', await page.evaluate(() => document.activeElement.id === 'search-words'));
  await page.keyboard.type(term, { delay: 20 });
  await page.waitForURL(url => url.searchParams.get('q') === term);
  await settled(page);
  await page.waitForFunction(() => document.querySelector('[data-search-results] h3 a[href]'));
  // The hits of what was typed last may still take the place of those before.
  await page.waitForFunction(() => new Promise((done) => {
    const hits = document.querySelector('[data-search-results]');
    const before = hits.innerHTML;
    setTimeout(() => done(before === hits.innerHTML), 400);
  }));
  await page.keyboard.press('ArrowDown');
  expect('the arrow does not lead to the first hit', await page.evaluate(() => document.activeElement.matches('[data-search-results] li:first-child h3 a')));
  await page.keyboard.press('Escape');
  expect('Escape does not lead back', await page.evaluate(() => document.activeElement.id === 'search-words'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(url => !url.pathname.endsWith('/search/'));
  await page.context().close();
});

await run('the box on every page offers names', async () => {
  const page = await open('meetings/');
  const fetched = [];
  page.on('request', r => fetched.push(r.url()));
  await page.keyboard.press('/');
  expect('the slash does not lead to the box', await page.evaluate(() => document.activeElement.id === 'search-box'));
  expect('the index is fetched before anything is typed', !fetched.some(url => url.includes('/search/index/')));
  await page.keyboard.type(suggestion.slice(0, Math.max(4, suggestion.indexOf(' ') + 2)), { delay: 20 });
  await page.waitForSelector('[role=option]');
  expect('the box does not say that it is open', (await page.getAttribute('#search-box', 'aria-expanded')) === 'true');
  await page.keyboard.press('ArrowDown');
  const chosen = await page.getAttribute('#search-box', 'aria-activedescendant');
  expect('no option is chosen', chosen && (await page.getAttribute(`#${chosen}`, 'aria-selected')) === 'true');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/(issues|people|bodies)\/./);
  const other = await open('meetings/');
  await other.fill('#search-box', term);
  await other.press('#search-box', 'Enter');
  await other.waitForURL(url => url.searchParams.get('q') === term);
  expect('the form finds nothing', (await settled(other)).hits.length > 0);
  await page.context().close();
  await other.context().close();
});

await run('what has a number, a day or a name is found by it', async () => {
  const numbers = (await Promise.all(index.segments.flatMap(({ words }) => words.firsts.map((_, n) => words.block(n))))).flat().filter(e => /^item:[0-9]+\/[0-9]+$/.test(e.term));
  for (const { term } of numbers.slice(0, 40)) {
    const number = term.slice(5);
    const items = new Set((await index.word(term)).docs);
    for (const query of [number, `Item ${number}`]) {
      const { hits } = await index.search(query);
      expect(`${query}: another item stands first`, [...items].every((_, n) => items.has(hits[n])), hits.slice(0, 3).join());
    }
  }
  const [names, short] = index.written.months;
  const iso = document => new Date(index.dayOf(document) * 86400000).toISOString().slice(0, 10);
  const meetings = Array.from(index.kind).flatMap((kind, doc) => (kind === 1 ? [doc] : []));
  for (const meeting of meetings.filter((_, n) => n % Math.ceil(meetings.length / 6) === 0)) {
    const [year, month, day] = iso(meeting).split('-').map(Number);
    const name = names[month - 1];
    for (const query of [iso(meeting), `${day}.${month}.${year}`, `${day}/${month}/${year}`, `${day} ${name} ${year}`, `${day} ${short[month - 1]} ${year}`, `${day}th ${name} ${year}`]) {
      const { hits } = await index.search(query);
      expect(`${query}: no meeting of that day stands first`, index.kind[hits[0]] === 1 && iso(hits[0]) === iso(meeting), hits.slice(0, 3).join());
    }
  }
  for (const [id, name] of index.bodies) {
    for (const query of [name, name.toUpperCase()]) {
      const { hits } = await index.search(query);
      const { href } = index.kind[hits[0]] ? await index.record(hits[0]) : { href: 'an item' };
      expect(`${query}: the body is not first`, href.endsWith(`/bodies/${id}/`), href);
    }
  }
  const page = await open('meetings/');
  const [id, name] = index.bodies[0];
  await page.fill('#search-box', name);
  await page.press('#search-box', 'Enter');
  await page.waitForURL(/search\/\?q=/);
  await settled(page);
  await page.waitForSelector(`[data-search-names] a[href$="/bodies/${id}/"]`, { timeout: 5000 });
  await page.context().close();
});

await run('the filters can be read', async () => {
  for (const width of [320, 1280]) {
    const page = await open(`search/?q=${term}`, { viewport: { width, height: 900 } });
    await settled(page);
    const faults = await page.evaluate(() => {
      const faults = [];
      document.querySelectorAll('[data-search-filters], [data-search-filters] details').forEach(d => (d.open = true));
      for (const label of document.querySelectorAll('[data-search-facet] label')) {
        const words = document.createRange();
        words.selectNodeContents(label.lastChild);
        const box = label.querySelector('input').getBoundingClientRect();
        if ([...words.getClientRects()].some(r => r.left < box.right)) faults.push(`${label.textContent}: goes on below its box`);
        const count = label.querySelector('.facts');
        const name = label.lastChild.firstChild;
        if (!count || !name.data) continue;
        const last = document.createRange();
        last.setStart(name, name.data.trimEnd().length - 1);
        last.setEnd(name, name.data.trimEnd().length);
        if (Math.abs(last.getBoundingClientRect().bottom - count.getBoundingClientRect().bottom) > 8) faults.push(`${label.textContent}: its count stands alone`);
      }
      const input = document.querySelector('#search-words');
      if (document.querySelector('#search-help').getBoundingClientRect().top - input.getBoundingClientRect().bottom < 5) faults.push('the help touches the words');
      return faults;
    });
    expect(`at ${width}: the filters cannot be read`, faults.length === 0, faults.slice(0, 3).join('; '));
    await page.context().close();
  }
});

await run('what means harm', async () => {
  for (const harm of ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'><svg/onload=alert(1)>", 'javascript:alert(1)', '__proto__ constructor', '${7*7}{{7*7}}', '\u202e\u0000\ufffe', '"', '-', '*', 'a'.repeat(3000), '%%%', '\\u003cscript\\u003e', '<b>', '&lt;img src=x onerror=alert(1)&gt;']) {
    const page = await open(null);
    await page.goto(`${at}search/?q=${encodeURIComponent(harm)}&kind=${encodeURIComponent(harm)}&from=${encodeURIComponent(harm)}&year=x&sort=y`, { waitUntil: 'load' });
    const { error } = await settled(page);
    const planted = await page.evaluate(() => document.querySelectorAll('main img, main svg, main script, main b, main iframe').length);
    expect(`${harm.slice(0, 40)}: markup came into the page`, planted === 0);
    expect(`${harm.slice(0, 40)}: an error`, page.events.length === 0 && !error, page.events[0] ?? error);
    await page.context().close();
  }
});

await run('a failing host', async () => {
  const page = await open(null);
  await page.route('**/root.bin', route => route.fulfill({ status: 500, body: '' }));
  await page.goto(`${at}search/?q=${term}`, { waitUntil: 'load' });
  await settled(page);
  expect('a failed index is not told', (await page.locator('[data-search-status] button').count()) === 1);
  await page.unroute('**/root.bin');
  await page.click('[data-search-status] button');
  await page.waitForFunction(() => document.querySelector('[data-search-results] h3 a'));
  // A file that is gone because the site was published anew: the root is read again.
  const gone = await open(`search/`);
  await settled(gone);
  let refused = 0;
  await gone.route(/index\/[0-9a-f]{8}\.bin/, route => (refused++ ? route.continue() : route.fulfill({ status: 404, body: '' })));
  await gone.fill('#search-words', term);
  await gone.waitForFunction(() => document.querySelector('[data-search-results] h3 a'));
  expect('no file was refused', refused > 0);
  await gone.context().setOffline(true);
  await gone.unroute(/index\/[0-9a-f]{8}\.bin/);
  await gone.fill('#search-words', 'qqqzzz xxyyzz');
  await page.context().close();
  await gone.context().close();
});

await run('without a script', async () => {
  const page = await open(`search/?q=${term}`, { javaScriptEnabled: false });
  const links = await page.locator('noscript a').count().catch(() => 0);
  expect('without a script nothing leads on', links >= 4 || (await page.locator('main a').count()) >= 4);
  expect('without a script empty parts are shown', (await page.locator('[data-search-live]').isVisible()) === false);
  await page.context().close();
});

await run('the same hits in the browser as in Node', async () => {
  const page = await open('search/');
  const queries = [];
  for (let n = 0; n < 60; n++) {
    const word = k => common[(n * 37 + k * 101) % common.length];
    queries.push(n % 3 ? `${word(0)} ${word(1)}` : word(0), `${word(2)} -${word(3)}`, `${word(4).slice(0, 4)}*`);
  }
  const script = await page.getAttribute('script[src*="search.js"]', 'src');
  const there = await page.evaluate(async ([script, base, queries]) => {
    const { Index } = await import(script);
    const index = await Index.open(base);
    const out = [];
    for (const query of queries) out.push((await index.search(query)).hits.slice(0, 20));
    return out;
  }, [script, host.base, queries]);
  for (const [n, query] of queries.entries()) {
    const here = (await index.search(query)).hits.slice(0, 20);
    expect(`${query}: other hits in the browser`, JSON.stringify(here) === JSON.stringify(there[n]), `${here.slice(0, 5)} / ${there[n].slice(0, 5)}`);
  }
  // What is shown of an item is what is on its page.
  const items = Array.from(index.kind).map((kind, doc) => [kind, doc]).filter(([kind]) => kind === 0).map(([, doc]) => doc);
  const sample = items.filter((_, n) => n % Math.ceil(items.length / 40) === 0);
  const wrong = await page.evaluate(async ([script, base, docs]) => {
    const { Index, words } = await import(script);
    const index = await Index.open(base);
    const out = [];
    for (const doc of docs) {
      const text = await index.text(doc);
      const line = text.lines.filter(l => words(l).length > 2).at(-1) ?? text.title;
      const phrase = words(line).slice(0, 3).map(w => w.form).join(' ');
      const answer = await index.search(`"${phrase}"`);
      while (answer.unsure && (await answer.check(50)));
      if (!answer.hits.includes(doc)) out.push(`${text.href}: “${phrase}”`);
    }
    return out;
  }, [script, host.base, sample]);
  expect('a phrase on a page does not find the page', wrong.length === 0, wrong.slice(0, 5).join('; '));
  await page.context().close();
});

await browser.close();
host.close();
console.log(`${looks} looks at the search, ${faults} faults`);
process.exit(faults ? 1 : 0);
