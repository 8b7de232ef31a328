// Each check must find the fault that is planted for it, and no other check's
// silence may be taken for health.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checks, launch, look } from './run.mjs';
import { serve } from './serve.mjs';

const page = (head, body) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="stylesheet" href="site.css">${head}</head>
<body><a class="skip" href="#main">Skip to the content</a><nav class="menu" aria-label="Menu"><a href="a.html">First link</a> <a href="b.html">Second link</a></nav>
<main id="main"><h1>A heading</h1><p>Some words that are long enough to be read. <a href="c.html">A link</a></p>${body}</main></body></html>`;
const css = `:root{color-scheme:light dark}body{background:#fff;color:#111}@media (prefers-color-scheme:dark){body{background:#111;color:#eee}a{color:#9cf}}
:focus-visible{outline:3px solid}.skip{position:absolute;top:-9rem}.skip:focus{top:0}@media print{body{background:#fff;color:#000}.menu,.skip{display:none}}`;

const planted = {
  rules: [page('', '<img src="x.svg">'), css],
  fits: [page('', '<p class="wide">wide</p>'), `${css}.wide{width:90rem}`],
  keyboard: [page('', ''), `${css}a:focus-visible{outline:none}`],
  plain: [page('<script src="https://elsewhere.example/x.js"></script>', ''), css],
  print: [page('', ''), css.replace('.menu,.skip{display:none}', '')],
  registers: [page('', '<div data-register="x"><table><tbody><tr><td>One line</td></tr><tr><td>Another line</td></tr></tbody></table></div>'), css],
  schemes: [page('', ''), css.replace('background:#111', 'background:#fff')],
};

const browser = await launch();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'planted-'));
let wrong = 0;
const write = ([html, sheet]) => {
  fs.writeFileSync(path.join(folder, 'index.html'), html);
  for (const name of ['a', 'b', 'c']) fs.writeFileSync(path.join(folder, `${name}.html`), html);
  fs.writeFileSync(path.join(folder, 'site.css'), sheet);
  fs.writeFileSync(path.join(folder, 'x.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
};
write([page('', ''), css]);
const host = await serve(folder);
const found = async check => {
  const all = [];
  for (const variant of check.variants) all.push(...(await look(browser, host, check, variant, 'index.html')));
  return all;
};
for (const check of checks) {
  write([page('', ''), css]);
  const healthy = await found(check);
  if (healthy.length) { wrong++; console.log(`${check.name}: a healthy page is called faulty: ${healthy[0]}`); }
  if (!planted[check.name]) { wrong++; console.log(`${check.name}: no fault is planted for it`); continue; }
  write(planted[check.name]);
  if (!(await found(check)).length) { wrong++; console.log(`${check.name}: the planted fault was not found`); }
}
await browser.close();
host.close();
fs.rmSync(folder, { recursive: true });
console.log(`${checks.length} checks, ${wrong} wrong`);
process.exit(wrong ? 1 : 0);
