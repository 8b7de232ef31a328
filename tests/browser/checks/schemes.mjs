// The schemes are different, forced colours leave every picture its lines, and
// who wants no movement gets none.
export const name = 'schemes';
export const variants = [{ scheme: 'dark' }, { forced: true }, { still: true }];

export async function check(page, { variant }) {
  return page.evaluate(variant => {
    const faults = [];
    const body = getComputedStyle(document.body);
    const sum = colour => colour.match(/[\d.]+/g).slice(0, 3).reduce((total, part) => total + Number(part), 0);
    if (variant.scheme === 'dark' && sum(body.backgroundColor) > 200) faults.push('the dark scheme is not dark');
    if (variant.still && getComputedStyle(document.documentElement).scrollBehavior !== 'auto') faults.push('the page glides for one who wants no movement');
    if (variant.forced) {
      for (const mark of document.querySelectorAll('.timeline .mark circle, .timeline .mark path')) {
        if (getComputedStyle(mark).stroke === getComputedStyle(document.body).backgroundColor && getComputedStyle(mark).fill === getComputedStyle(document.body).backgroundColor) { faults.push('a mark of the picture cannot be seen'); break; }
      }
    }
    return faults;
  }, variant);
}
