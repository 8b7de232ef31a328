// Without a script the same words are there; with one, nothing is asked of
// another site, nothing is refused by the policy, and nothing goes wrong.
export const name = 'plain';
export const variants = [{ scripts: true }, { scripts: false }];
const words = new Map();

export async function check(page, { variant, path, events }) {
  const text = await page.evaluate(() => document.querySelector('main').innerText.replace(/\s+/g, ' ').trim());
  const faults = [...events];
  if (text.length < 20) faults.push('the page is empty');
  if (variant.scripts) words.set(path, text);
  // A script may add to a page; it may not be what makes it.
  else if (words.has(path) && text.length < words.get(path).length * 0.8) faults.push(`without a script ${words.get(path).length - text.length} letters are missing`);
  return faults;
}
