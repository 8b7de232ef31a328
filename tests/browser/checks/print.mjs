// On paper: the furniture is gone, the words are dark on white, minutes have a
// line to sign, and a register can be read.
export const name = 'print';
export const variants = [{ media: 'print', scheme: 'dark' }, { media: 'print', scheme: 'light', width: 1000 }];

export async function check(page) {
  return page.evaluate(() => {
    const faults = [];
    const shown = selector => [...document.querySelectorAll(selector)].some(e => e.getClientRects().length > 0);
    for (const selector of ['.menu', '.crumbs', '.skip', '.pager']) if (shown(selector)) faults.push(`${selector} is printed`);
    const bright = colour => colour.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
    if (bright(getComputedStyle(document.body).backgroundColor) < 700) faults.push('the paper is not white');
    if (bright(getComputedStyle(document.body).color) > 200) faults.push('the words are pale');
    // The widest sheet has the width of this window. Words stay whole, what was
    // said has the most room, and the heads, which every sheet repeats, hold
    // words alone: no button is repeated.
    for (const table of document.querySelectorAll('[data-register] table')) {
      const said = table.querySelector('td.cell-said');
      if (said && said.offsetWidth < table.offsetWidth * 0.4) faults.push(`what was said has ${said.offsetWidth} of ${table.offsetWidth} pixels`);
      const cells = [...table.rows].slice(0, 12).flatMap(row => [...row.cells]);
      for (const cell of cells) {
        const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        for (let text; (text = texts.nextNode()); ) {
          for (const { 0: word, index } of text.data.matchAll(/[\p{L}\p{N}]+/gu)) {
            const range = document.createRange();
            range.setStart(text, index);
            range.setEnd(text, index + word.length);
            if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1) faults.push(`“${word}” is broken`);
          }
        }
      }
      if ([...table.querySelectorAll('th button')].some(b => getComputedStyle(b).display !== 'contents')) faults.push('a button in a head is not repeated');
    }
    // Of what a filter leaves, columns that say nothing are left out.
    const filter = document.querySelector('.filters input');
    const half = filter && [...document.querySelectorAll('[data-register] tbody tr')].find(row => row.querySelector('.cell-empty'));
    if (half) {
      filter.value = half.querySelector('.cell-said').textContent;
      filter.dispatchEvent(new Event('input'));
      for (const table of [...document.querySelectorAll('[data-register] table')].filter(t => t.offsetWidth)) {
        const rows = [...table.tBodies[0].rows].filter(row => row.offsetHeight);
        [...table.tHead.rows[0].cells].forEach((head, n) => {
          if (head.offsetWidth && rows.every(row => row.cells[n].className.includes('cell-empty'))) faults.push(`“${head.textContent}” is printed though it is empty`);
        });
      }
    }
    if (document.querySelector('.signature') && !shown('.signature')) faults.push('there is no line to sign');
    return faults.slice(0, 8);
  });
}
