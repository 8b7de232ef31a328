// Registers that can be filtered and sorted. Without this the page is whole and
// in its order; nothing here is needed to read it.

const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();

const language = document.documentElement.lang || undefined;
const collator = new Intl.Collator(language, { numeric: true });
const long = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

const plain = (element) => element.textContent.replace(/\s+/g, " ").trim();

const days = new Map();

/** A day in the ways in which one may ask for it; its short form is on the page. */
function ways(iso) {
  if (!days.has(iso)) {
    const [year, month, day] = iso.split("-").map(Number);
    const [first, second] = language?.toLowerCase() === "en-us" ? [month, day] : [day, month];
    const words = [iso, `${first}/${second}/${year}`, `${day}.${month}.${year}`];
    const at = new Date(`${iso}T00:00:00Z`);
    if (!Number.isNaN(at.getTime())) words.push(long.format(at));
    days.set(iso, words.join(" "));
  }
  return days.get(iso);
}

/** What a line says, with its days in all the ways. */
const said = (row) => [row.textContent, ...[...row.querySelectorAll("time")].map((time) => ways(time.dateTime))].join(" ");

/**
 * A table of the register: its columns by their names, and what its rows hold.
 * Or a list, whose columns stand in a template, and whose lines say in their
 * data what would stand in them.
 */
class Table {
  constructor(table) {
    const list = !table.tHead;
    this.section = table.closest(".group, .listed");
    this.list = list;
    this.count = this.section.querySelector("h2 .facts");
    this.heads = [...(list ? this.section.querySelector("template").content.children : table.tHead.rows[0].cells)];
    this.columns = this.heads.map((head) => head.dataset.column);
    this.body = list ? table : table.tBodies[0];
    this.rows = [...this.body.children].map((row) => (list ? this.line(row) : this.row(row)));
  }

  line(row) {
    const cells = this.columns.map((column) => row.dataset[column] ?? "");
    return { row, text: fold(said(row)), cells, values: cells.map((cell) => [cell].filter(Boolean)), keys: [] };
  }

  row(row) {
    return {
      row,
      text: fold(said(row)),
      cells: [...row.cells].map((cell) => plain(cell)),
      // Of several bodies each is a value of its own.
      values: [...row.cells].map((cell) => {
        const links = cell.className === "cell-names" ? [...cell.querySelectorAll("a")] : [];
        return links.length > 1 ? links.map(plain) : [plain(cell)].filter(Boolean);
      }),
      keys: [...row.cells].map((cell) => cell.dataset.sort),
    };
  }

  /** What a row shows in a column; nothing where the table has no such column. */
  values(entry, column) {
    return entry.values[this.columns.indexOf(column)] ?? [];
  }

  /** Shows what a test lets through, and says how many those are. */
  show(test, words) {
    let shown = 0;
    for (const entry of this.rows) {
      const visible = test(this, entry);
      entry.row.hidden = !visible;
      shown += visible ? 1 : 0;
    }
    this.section.hidden = shown === 0;
    const total = this.rows.length;
    if (this.count) {
      this.count.textContent = `(${shown === total ? total : words.wordOf.replace("{shown}", shown).replace("{total}", total)})`;
    }
    this.blank();
    return shown;
  }

  /** Marks the columns in which no line that is shown says anything: they are not printed. */
  blank() {
    if (this.list) return;
    this.heads.forEach((head, at) => {
      const blank = !this.rows.some(({ row, cells }) => !row.hidden && (cells[at] || row.cells[at].firstElementChild));
      for (const cell of [head, ...this.rows.map(({ row }) => row.cells[at])]) cell?.classList.toggle("blank", blank);
    });
  }

  /** Sorts by a column; no direction brings back the order of the page. */
  sort(column, direction) {
    const at = this.columns.indexOf(column);
    const head = this.heads[at];
    const numbers = head?.classList.contains("number");
    const key = (entry) => entry.keys[at] ?? entry.cells[at];
    const compare = (a, b) => {
      const [x, y] = [key(a), key(b)];
      // What is empty stands last, whichever way.
      if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1);
      const order = numbers ? Number(x) - Number(y) : collator.compare(x, y);
      return direction === "descending" ? -order : order;
    };
    const sorted = direction && head ? [...this.rows].sort(compare) : this.rows;
    this.body.append(...sorted.map((entry) => entry.row));
    for (const each of this.heads) each.removeAttribute("aria-sort");
    if (direction && head) head.setAttribute("aria-sort", direction);
  }
}

const NEXT = { ascending: "descending", descending: "" };

/** Columns of all the tables, each once, with its words and its kind. */
function columnsOf(tables) {
  const found = new Map();
  for (const head of tables.flatMap((table) => table.heads)) {
    if (!found.has(head.dataset.column)) {
      found.set(head.dataset.column, { words: head.textContent.trim(), choice: head.classList.contains("choice") });
    }
  }
  return found;
}

/** The values of a column, of which a reader may choose one. */
function choices(tables, column) {
  const found = new Set(tables.flatMap((table) => table.rows.flatMap((entry) => table.values(entry, column))));
  return [...found].sort(collator.compare);
}

const MOST_CHOICES = 200;

function labelled(words, control, kind) {
  const label = document.createElement("label");
  const span = document.createElement("span");
  if (kind) label.className = kind;
  span.textContent = words;
  label.append(span, control);
  return label;
}

function enhance(register) {
  const tables = [...register.querySelectorAll("table, ul.rows")].map((table) => new Table(table));
  const total = tables.reduce((sum, table) => sum + table.rows.length, 0);
  if (total < 2) return;
  const words = register.dataset;
  const columns = columnsOf(tables);
  const bar = document.createElement("form");
  bar.className = "filters noprint";
  bar.setAttribute("aria-label", words.wordFilter);
  // The address says what was chosen; a browser that fills it in itself would not.
  bar.autocomplete = "off";
  bar.addEventListener("submit", (event) => event.preventDefault());

  const search = document.createElement("input");
  search.type = "search";
  search.autocomplete = "off";
  bar.append(labelled(words.wordFilter, search));

  const selects = [];
  for (const [column, { words: name, choice }] of columns) {
    const list = choice ? choices(tables, column) : [];
    if (list.length < 2 || list.length > MOST_CHOICES) continue;
    const select = document.createElement("select");
    select.autocomplete = "off";
    select.append(new Option(words.wordAll, ""), ...list.map((word) => new Option(word, word)));
    selects.push([column, select]);
    bar.append(labelled(name, select));
  }

  // The heads of the columns sort where there is room for them; this does
  // elsewhere, and where there are none.
  const order = document.createElement("select");
  order.autocomplete = "off";
  order.append(new Option(words.wordDefault, ""));
  for (const [column, { words: name }] of columns) {
    for (const [direction, text] of [["ascending", words.wordAscending], ["descending", words.wordDescending]]) {
      order.append(new Option(text.replace("{column}", name), `${column} ${direction}`));
    }
  }
  bar.append(labelled(words.wordOrder, order, tables[0].list ? "" : "order"));

  const count = document.createElement("p");
  count.className = "facts";
  count.setAttribute("role", "status");
  bar.append(count);

  const sort = (column, direction) => {
    for (const table of tables) table.sort(column, direction);
    order.value = direction ? `${column} ${direction}` : "";
  };
  // So that it is there again when a reader comes back, and can be passed on.
  const controls = [["q", search], ...selects, ["sort", order]];
  const keep = () => {
    const address = new URL(location.href);
    for (const [key, { value }] of controls) {
      if (value.trim()) address.searchParams.set(key, value.trim());
      else address.searchParams.delete(key);
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  };
  order.addEventListener("change", () => {
    sort(...order.value.split(" "));
    keep();
  });
  for (const head of tables.flatMap((table) => (table.list ? [] : table.heads))) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.title = words.wordSort;
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      sort(head.dataset.column, NEXT[head.getAttribute("aria-sort")] ?? "ascending");
      keep();
    });
  }

  const update = () => {
    const asked = fold(search.value).split(" ").filter(Boolean);
    const test = (table, entry) =>
      asked.every((word) => entry.text.includes(word)) &&
      selects.every(([column, select]) => !select.value || table.values(entry, column).includes(select.value));
    const shown = tables.reduce((sum, table) => sum + table.show(test, words), 0);
    count.textContent =
      shown === total ? "" : words.wordShown.replace("{shown}", shown).replace("{total}", total);
  };
  const change = () => {
    update();
    keep();
  };
  search.addEventListener("input", change);
  for (const [, select] of selects) select.addEventListener("change", change);
  register.prepend(bar);
  const asked = new URLSearchParams(location.search);
  for (const [key, control] of controls) {
    control.value = asked.get(key) ?? "";
    // Of a select: nothing that can be chosen.
    if (control.selectedIndex === -1) control.value = "";
  }
  if (order.value) sort(...order.value.split(" "));
  update();
}

for (const register of document.querySelectorAll("[data-register]")) enhance(register);
