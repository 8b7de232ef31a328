// A register can be filtered and sorted, by the heads of its columns or, where
// there is no room for them, by a list; and it comes back as it was.
export const name = 'registers';
export const variants = [{ width: 1280 }, { width: 320 }];

const rows = page => page.evaluate(() => [...document.querySelectorAll('[data-register] tbody tr')].filter(r => r.getBoundingClientRect().height > 0).map(r => r.textContent.replace(/\s+/g, ' ').trim()));

export async function check(page) {
  const faults = [];
  if (!(await page.$('[data-register]'))) return faults;
  const before = await rows(page);
  if (before.length < 2) return faults;
  const filter = page.locator('.filters input[type=search]');
  if (!(await filter.count())) return ['the filter is missing'];

  // A word of the last line leaves that line, and says how many there are.
  const word = before.at(-1).split(' ').sort((a, b) => b.length - a.length)[0].toUpperCase();
  await filter.fill(word);
  const left = await rows(page);
  if (!left.includes(before.at(-1))) faults.push(`“${word}” does not find its line`);
  if (left.some(row => !row.toUpperCase().includes(word))) faults.push(`“${word}” finds a line without it`);
  const said = await page.locator('.filters [role=status]').textContent();
  if (left.length < before.length && !said.includes(String(left.length))) faults.push(`nobody is told how many lines are left: “${said}”`);
  await filter.fill('zzzz no such line zzzz');
  if ((await rows(page)).length) faults.push('a filter that nothing fits leaves lines');
  await filter.fill('');
  if ((await rows(page)).join() !== before.join()) faults.push('an empty filter does not bring all lines back');

  // Every choice finds something.
  for (const select of await page.locator('.filters label:not(.order) select').all()) {
    const values = await select.evaluate(s => [...s.options].map(o => o.value));
    await select.selectOption(values.at(-1));
    const chosen = await rows(page);
    if (!chosen.length || chosen.length > before.length) faults.push(`“${values.at(-1)}” finds ${chosen.length} lines`);
    if (chosen.some(row => !row.includes(values.at(-1)))) faults.push(`“${values.at(-1)}” finds a line without it`);
    await select.selectOption('');
  }

  // Sorting: there and back, with a word for screen readers.
  const heads = await page.locator('[data-register] .sort:visible').all();
  if (heads.length) {
    await heads[0].focus();
    await page.keyboard.press('Enter');
    if ((await page.locator('[aria-sort=ascending]').count()) === 0) faults.push('a sorted column does not say so');
    await page.keyboard.press('Enter');
    if ((await page.locator('[aria-sort=descending]').count()) === 0) faults.push('a column does not sort the other way');
    await page.keyboard.press('Enter');
  } else {
    const order = page.locator('.filters .order select');
    if (!(await order.isVisible())) return [...faults, 'there is no way to sort'];
    const values = await order.evaluate(s => [...s.options].map(o => o.value));
    await order.selectOption(values[1]);
    const up = await rows(page);
    await order.selectOption(values[2]);
    if (before.length > 2 && new Set(before).size > 2 && up.join() === (await rows(page)).join()) faults.push('up and down are the same');
    await order.selectOption('');
  }
  if ((await rows(page)).join() !== before.join()) faults.push('the order of the page does not come back');
  return faults.slice(0, 5);
}
