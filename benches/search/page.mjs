// What `readPage` of the reader does, without a browser.
const BLOCK = /<\/?(?:p|li|h[1-6r]|tr|td|th|div|dl|ul|ol|pre|dd|dt|blockquote|section|article|table)\b[^>]*>/gi;

export function readPlain(html, id) {
  let main = /<main[^]*<\/main>/.exec(html)?.[0] ?? html;
  if (id) {
    const from = main.indexOf(`id="${id}"`);
    const to = main.indexOf('<section class="item"', from + 1);
    if (from >= 0) main = main.slice(main.lastIndexOf("<", from), to > 0 ? to : undefined);
  } else if (main.includes("data-text")) {
    const to = main.search(/<section class="elsewhere"|<nav class="pager"/);
    main = main.slice(main.indexOf("<h1"), to > 0 ? to : undefined);
  }
  const entities = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", "#39": "'" };
  const text = main.replace(BLOCK, "\n").replace(/<[^>]*>/g, "").replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name) => entities[name]);
  const lines = text.split("\n").map((line) => line.trim().replace(/\s+/g, " ")).filter(Boolean);
  return { title: lines[0] ?? "", lines };
}
