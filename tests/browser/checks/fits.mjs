// Nothing sticks out at the side: from a telephone to a wide screen, with
// letters twice as large (WCAG 1.4.4, 1.4.10), and with more room between
// letters, words and lines (1.4.12).
export const name = 'fits';
export const variants = [{ width: 320 }, { width: 768 }, { width: 1280 }, { width: 1280, letters: 'twice' }, { width: 320, letters: 'spaced' }];
export const bypassPolicy = true;

const STYLES = {
  twice: 'html{font-size:200%!important}',
  spaced: '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}',
};

export async function check(page, { variant }) {
  if (variant.letters) await page.addStyleTag({ content: STYLES[variant.letters] });
  return page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    const over = document.documentElement.scrollWidth - wide;
    const cut = [...document.querySelectorAll('h1,h2,h3,p,a,dd,dt,li')].filter(e => {
      const box = e.getBoundingClientRect();
      return box.width > 0 && box.right > wide + 1 && !e.closest('.table,pre,.skip');
    });
    const faults = cut.slice(0, 3).map(e => `${e.tagName.toLowerCase()} “${e.innerText.slice(0, 40)}” ends outside the page`);
    return over > 0 ? [`the page is ${over}px too wide`, ...faults] : faults;
  });
}
