// On paper: the furniture is gone, the words are dark on white, and minutes
// have a line to sign.
export const name = 'print';
export const variants = [{ media: 'print', scheme: 'dark' }, { media: 'print', scheme: 'light' }];

export async function check(page) {
  return page.evaluate(() => {
    const faults = [];
    const shown = selector => [...document.querySelectorAll(selector)].some(e => e.getClientRects().length > 0);
    for (const selector of ['.menu', '.crumbs', '.skip', '.pager']) if (shown(selector)) faults.push(`${selector} is printed`);
    const bright = colour => colour.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
    if (bright(getComputedStyle(document.body).backgroundColor) < 700) faults.push('the paper is not white');
    if (bright(getComputedStyle(document.body).color) > 200) faults.push('the words are pale');
    if (document.querySelector('.signature') && !shown('.signature')) faults.push('there is no line to sign');
    return faults;
  });
}
