// With the Tab key alone: the skip link comes first and works, what has the
// focus is seen and marked, and there is always a way on.
export const name = 'keyboard';
export const variants = [{ width: 1280 }, { width: 320, scheme: 'dark' }];
const STEPS = 40;

export async function check(page) {
  const faults = [];
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => [document.activeElement.className, document.activeElement.getBoundingClientRect().top]);
  if (first[0] !== 'skip') faults.push('the first stop is not the skip link');
  else if (first[1] < 0) faults.push('the skip link is not seen when it has the focus');
  const seen = new Set();
  let last = '';
  for (let step = 0; step < STEPS; step++) {
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      if (at === document.body) return null;
      const box = at.getBoundingClientRect();
      const style = getComputedStyle(at);
      // A link in a picture marks the mark itself.
      const inner = at.querySelector('circle,path');
      const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || (inner && parseFloat(getComputedStyle(inner).strokeWidth) >= 3);
      window.stops ??= new Map();
      if (!window.stops.has(at)) window.stops.set(at, window.stops.size);
      return { number: window.stops.get(at), words: (at.innerText ?? at.textContent ?? at.name ?? '').trim().slice(0, 40) || at.tagName, marked: Boolean(marked), seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight };
    });
    if (!stop) break;
    if (seen.has(stop.number) && last === stop.number) { faults.push(`the focus stays at “${stop.words}”`); break; }
    if (seen.has(stop.number)) break;
    seen.add(stop.number);
    last = stop.number;
    if (!stop.marked) faults.push(`the focus is not marked at “${stop.words}”`);
    if (!stop.seen) faults.push(`the focus is out of sight at “${stop.words}”`);
    await page.keyboard.press('Tab');
  }
  if (seen.size < 3) faults.push('fewer than three things can be reached');
  await page.evaluate(() => { document.activeElement.blur(); document.querySelector('.skip').focus(); });
  await page.keyboard.press('Enter');
  // The address changes a moment after the key.
  const arrived = await page.waitForURL(/#main$/, { timeout: 3000 }).then(() => true, () => false);
  if (!arrived) faults.push('the skip link does not lead to the content');
  return faults.slice(0, 5);
}
