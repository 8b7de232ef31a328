// WCAG 2.2 A and AA and the good practices of axe-core, in both schemes.
import { createRequire } from 'node:module';
import fs from 'node:fs';

export const name = 'rules';
export const variants = ['light', 'dark'].flatMap(scheme => [320, 768, 1280].map(width => ({ scheme, width })));
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
let source;

export async function check(page, { modules }) {
  source ??= fs.readFileSync(createRequire(`${modules}/here.js`).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  const result = await page.evaluate(tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), tags);
  return result.violations.map(v => `${v.id}: ${v.help} (${v.nodes[0].target.join(' ')})`);
}
