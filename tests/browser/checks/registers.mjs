// A register can be filtered and sorted, by the heads of its columns or, where
// there is no room for them, by a list; and it comes back as it was. What was
// chosen is in the address.
export const name = 'registers';
export const variants = [{ width: 1280 }, { width: 320 }];

const rows = page => page.evaluate(() => [...document.querySelectorAll('[data-register] :is(tbody tr, ul.rows > li)')].filter(r => r.getBoundingClientRect().height > 0).map(r => r.textContent.replace(/\s+/g, ' ').trim()));

export async function check(page) {
  const faults = [];
  if (!(await page.$('[data-register]'))) {
    if (await page.$('.page-issues main .rows')) faults.push('the list of issues cannot be filtered');
    return faults;
  }
  const before = await rows(page);
  if (before.length < 2) return faults;
  // A list has no heads that could sort.
  const list = (await page.locator('[data-register] table').count()) === 0;
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
  for (const [told, shown] of await page.evaluate(() => [...document.querySelectorAll('[data-register] .group:not([hidden])')].flatMap(group => {
    const count = group.querySelector('h2 .facts');
    return count ? [[count.textContent, [...group.querySelectorAll('tbody tr')].filter(r => !r.hidden).length]] : [];
  }))) if (Number(told.match(/\d+/)) !== shown) faults.push(`“${told}” stands over ${shown} lines`);
  // It is still so for one who comes back.
  await page.reload({ waitUntil: 'load' });
  if ((await rows(page)).join() !== left.join() || (await filter.inputValue()) !== word) faults.push(`the filter “${word}” is lost on coming back`);
  // A day is found in full and in figures.
  await filter.fill('');
  const day = await page.evaluate(() => {
    const time = [...document.querySelectorAll('[data-register] :is(tbody tr, ul.rows > li)')].filter(r => !r.hidden).at(-1)?.querySelector('time');
    return time && [time.dateTime, time.textContent, new Intl.DateTimeFormat(document.documentElement.lang, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(time.dateTime)), time.dateTime.split('-').map(Number).reverse().join('/')];
  });
  for (const written of day ?? []) {
    await filter.fill(written);
    if (!(await rows(page)).includes(before.at(-1))) faults.push(`“${written}” does not find its line`);
  }
  await filter.fill('zzzz no such line zzzz');
  if ((await rows(page)).length) faults.push('a filter that nothing fits leaves lines');
  await filter.fill('');
  if ((await rows(page)).join() !== before.join()) faults.push('an empty filter does not bring all lines back');

  // Every choice finds something.
  for (const select of (await page.locator('.filters label:not(.order) select').all()).slice(0, list ? -1 : undefined)) {
    const values = await select.evaluate(s => [...s.options].map(o => o.value));
    await select.selectOption(values.at(-1));
    const chosen = await rows(page);
    if (!chosen.length || chosen.length > before.length) faults.push(`“${values.at(-1)}” finds ${chosen.length} lines`);
    if (chosen.some(row => !row.includes(values.at(-1)))) faults.push(`“${values.at(-1)}” finds a line without it`);
    await page.reload({ waitUntil: 'load' });
    if ((await select.inputValue()) !== values.at(-1) || (await rows(page)).join() !== chosen.join()) faults.push(`the choice “${values.at(-1)}” is lost on coming back`);
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
    const order = page.locator(list ? '.filters label:last-of-type select' : '.filters .order select');
    if (!(await order.isVisible())) return [...faults, 'there is no way to sort'];
    const values = await order.evaluate(s => [...s.options].map(o => o.value));
    await order.selectOption(values[1]);
    const up = await rows(page);
    await order.selectOption(values[2]);
    await page.reload({ waitUntil: 'load' });
    if ((await order.inputValue()) !== values[2]) faults.push('the order is lost on coming back');
    if (before.length > 2 && new Set(before).size > 2 && up.join() === (await rows(page)).join()) faults.push('up and down are the same');
    await order.selectOption('');
  }
  if (new URL(page.url()).search) faults.push(`the address keeps what is not chosen: ${new URL(page.url()).search}`);
  if ((await rows(page)).join() !== before.join()) faults.push('the order of the page does not come back');
  return faults.slice(0, 5);
}
