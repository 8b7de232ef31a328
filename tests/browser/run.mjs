// Opens one page of each kind of a finished site and runs every check on it.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from './serve.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
export const modules = path.resolve(process.env.MODULES ?? here);
const { chromium } = createRequire(`${modules}/here.js`)('playwright-core');

export const checks = await Promise.all(
  fs.readdirSync(`${here}/checks`).filter(f => f.endsWith('.mjs')).sort().map(f => import(`./checks/${f}`)),
);

function browserPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch { /* the next one */ }
  }
  throw new Error('no Chromium was found: set CHROMIUM to its path');
}

export const launch = () => chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox', '--disable-gpu'] });

// The longest page of each kind, for it is the hardest, and for meetings the
// page of one still to come as well.
export function choose(site) {
  const best = new Map();
  const walk = folder => {
    for (const entry of fs.readdirSync(path.join(site, folder), { withFileTypes: true })) {
      const name = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) walk(name);
      else if (name.endsWith('.html')) {
        const html = fs.readFileSync(path.join(site, name), 'utf8');
        let kind = /<meta name="page-type" content="([^"]*)"/.exec(html)?.[1];
        if (!kind || kind === 'redirect') continue;
        if (/banner-agenda/.test(html)) kind += ', to come';
        if (!best.has(kind) || best.get(kind).size < html.length) best.set(kind, { kind, path: name.replace(/index\.html$/, ''), size: html.length });
      }
    }
  };
  walk('');
  return [...best.values()].sort((a, b) => a.kind.localeCompare(b.kind));
}

// Runs a check in one variant on one page, and gives what is wrong.
export async function look(browser, { origin, base }, check, variant, name) {
  const context = await browser.newContext({
    viewport: { width: variant.width ?? 1280, height: 900 },
    colorScheme: variant.scheme ?? 'light',
    javaScriptEnabled: variant.scripts ?? true,
    forcedColors: variant.forced ? 'active' : 'none',
    reducedMotion: variant.still ? 'reduce' : 'no-preference',
    bypassCSP: check.bypassPolicy ?? false,
  });
  try {
    const page = await context.newPage();
    const events = [];
    page.on('console', m => m.type() === 'error' && events.push(`console: ${m.text().slice(0, 160)}`));
    page.on('pageerror', e => events.push(`error: ${String(e).slice(0, 160)}`));
    page.on('request', r => r.url().startsWith(origin) || r.url().startsWith('data:') || events.push(`asks another site: ${r.url().slice(0, 120)}`));
    page.on('response', r => r.status() >= 400 && !r.url().endsWith(name) && events.push(`${r.status()}: ${r.url().slice(0, 120)}`));
    if (variant.media) await page.emulateMedia({ media: variant.media });
    await page.goto(origin + base + name, { waitUntil: 'load' });
    return await check.check(page, { variant, path: name, events, modules });
  } finally {
    await context.close();
  }
}

async function main(site, only) {
  const host = await serve(site);
  const browser = await launch();
  let runs = 0;
  let faults = 0;
  try {
    for (const page of choose(site)) {
      for (const check of checks.filter(c => !only || c.name === only)) {
        for (const variant of check.variants) {
          runs++;
          for (const fault of await look(browser, host, check, variant, page.path)) {
            faults++;
            console.log(`${page.kind} (/${page.path}), ${check.name} ${JSON.stringify(variant)}: ${fault}`);
          }
        }
      }
    }
  } finally {
    await browser.close();
    host.close();
  }
  console.log(`${runs} looks, ${faults} faults`);
  return faults === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [site] = process.argv.slice(2);
  const at = process.argv.indexOf('--only');
  if (!site || !fs.existsSync(site)) {
    console.error('usage: node run.mjs SITE_FOLDER [--only CHECK]');
    process.exit(2);
  }
  process.exit((await main(site, at > 0 ? process.argv[at + 1] : null)) ? 0 : 1);
}
