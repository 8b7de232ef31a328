// The search box in the head of every page: `/` leads to it, and while a
// reader types it offers issues, people and bodies. The reader of the index is
// fetched only when it is needed.

const form = document.querySelector("[data-search-box]");
if (form && !document.querySelector("[data-search]")) {
  const input = form.querySelector("input");
  const list = form.querySelector("[role=listbox]");
  let index, turn = 0, chosen = -1, wait;

  const reader = () => (index ??= import(form.dataset.reader)
    .then(({ Index }) => Index.open(form.dataset.base))
    .catch(() => { index = null; return null; }));

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (n) => {
    const options = [...list.children];
    chosen = (n + options.length + 1) % (options.length + 1);
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    if (chosen < options.length) {
      input.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    } else {
      chosen = -1;
      input.removeAttribute("aria-activedescendant");
    }
  };

  const offer = async () => {
    const mine = ++turn;
    const at = input.value.trim().length > 1 ? await reader() : null;
    const found = (await at?.suggest(input.value).catch(() => [])) ?? [];
    if (mine !== turn) return;
    close();
    found.forEach(({ name, href, kind }, n) => {
      const option = document.createElement("li");
      const what = document.createElement("span");
      option.id = `search-option-${n}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.href = href;
      what.className = "facts";
      what.textContent = form.getAttribute(`data-t-kind-${kind}`) ?? "";
      option.append(name, " ", what);
      list.append(option);
    });
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
  };

  input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(offer, 150);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? list.children.length - 1 : chosen - 1 < 0 ? list.children.length : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) location.href = list.children[chosen].dataset.href;
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option) location.href = option.dataset.href;
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) {
      turn++;
      clearTimeout(wait);
      close();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}
