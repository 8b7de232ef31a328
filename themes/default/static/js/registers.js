// Registers that can be filtered and sorted. Without this the page is whole and
// in its order; nothing here is needed to read it.

const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();

/** A table of the register: its rows, and what each holds. */
class Table {
  constructor(table) {
    this.table = table;
    this.section = table.closest(".group");
    this.heads = [...table.tHead.rows[0].cells];
    this.body = table.tBodies[0];
    this.rows = [...this.body.rows].map((row) => ({
      row,
      text: fold(row.textContent),
      cells: [...row.cells].map((cell) => cell.textContent.replace(/\s+/g, " ").trim()),
      keys: [...row.cells].map((cell) => cell.dataset.sort),
    }));
  }

  /** Shows what a test lets through, and says how many those are. */
  show(test) {
    let shown = 0;
    for (const entry of this.rows) {
      const visible = test(entry);
      entry.row.hidden = !visible;
      shown += visible ? 1 : 0;
    }
    this.section.hidden = shown === 0;
    return shown;
  }

  /** Sorts by a column; "none" brings back the order of the page. */
  sort(column, kind, direction) {
    if (column >= this.heads.length) return;
    const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
    const key = (entry) => entry.keys[column] ?? entry.cells[column];
    const compare = (a, b) => {
      const [x, y] = [key(a), key(b)];
      // What is empty stands last, whichever way.
      if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1);
      const order = kind === "number" ? Number(x) - Number(y) : collator.compare(x, y);
      return direction === "descending" ? -order : order;
    };
    const sorted = direction === "none" ? this.rows : [...this.rows].sort(compare);
    this.body.append(...sorted.map((entry) => entry.row));
    this.heads.forEach((head, at) => {
      if (at === column && direction !== "none") head.setAttribute("aria-sort", direction);
      else head.removeAttribute("aria-sort");
    });
  }
}

const NEXT = { none: "ascending", ascending: "descending", descending: "none" };

/** Lets the heads of the columns sort. */
function sortable(tables, words) {
  for (const table of tables) {
    table.heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.title = words.wordSort;
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const direction = NEXT[head.getAttribute("aria-sort") ?? "none"];
        for (const each of tables) each.sort(column, head.dataset.kind, direction);
      });
    });
  }
}

/** The words of a column of which a reader may choose one, when they are few. */
function choices(tables, column) {
  const found = new Map();
  for (const table of tables) {
    for (const { cells } of table.rows) {
      if (cells[column]) found.set(cells[column], (found.get(cells[column]) ?? 0) + 1);
    }
  }
  const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
  return [...found.keys()].sort(collator.compare);
}

const MOST_CHOICES = 200;

function labelled(words, control) {
  const label = document.createElement("label");
  const span = document.createElement("span");
  span.textContent = words;
  label.append(span, control);
  return label;
}

function enhance(register) {
  const tables = [...register.querySelectorAll("table")].map((table) => new Table(table));
  const total = tables.reduce((sum, table) => sum + table.rows.length, 0);
  if (total < 2) return;
  const words = register.dataset;
  const bar = document.createElement("form");
  bar.className = "filters noprint";
  bar.setAttribute("role", "search");
  bar.addEventListener("submit", (event) => event.preventDefault());

  const search = document.createElement("input");
  search.type = "search";
  search.autocomplete = "off";
  bar.append(labelled(words.wordFilter, search));

  const selects = [];
  tables[0].heads.forEach((head, column) => {
    if (head.dataset.kind !== "choice") return;
    const list = choices(tables, column);
    if (list.length < 2 || list.length > MOST_CHOICES) return;
    const select = document.createElement("select");
    select.append(new Option(words.wordAll, ""), ...list.map((word) => new Option(word, word)));
    selects.push([column, select]);
    bar.append(labelled(head.textContent, select));
  });

  const count = document.createElement("p");
  count.className = "facts";
  count.setAttribute("role", "status");
  bar.append(count);

  const update = () => {
    const asked = fold(search.value).split(" ").filter(Boolean);
    const test = (entry) =>
      asked.every((word) => entry.text.includes(word)) &&
      selects.every(([column, select]) => !select.value || entry.cells[column] === select.value);
    const shown = tables.reduce((sum, table) => sum + table.show(test), 0);
    count.textContent =
      shown === total ? "" : words.wordShown.replace("{shown}", shown).replace("{total}", total);
  };
  search.addEventListener("input", update);
  for (const [, select] of selects) select.addEventListener("change", update);
  register.prepend(bar);
  sortable(tables, words);
  update();
}

for (const register of document.querySelectorAll("[data-register]")) enhance(register);
