const root = document.documentElement;
const all = (selector, from = document) => [...from.querySelectorAll(selector)];

function remember(key, value) {
  try {
    value ? localStorage.setItem(key, value) : localStorage.removeItem(key);
  } catch { /* storage is off: the choice lasts for this page */ }
}

/* Larger text; dark and light */

const systemDark = matchMedia("(prefers-color-scheme: dark)");
const states = {
  text: () => root.dataset.text === "large",
  theme: () => (root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches),
};
const flips = {
  text(on) {
    on ? (root.dataset.text = "large") : delete root.dataset.text;
    remember("text", on && "large");
  },
  theme(on) {
    root.dataset.theme = on ? "dark" : "light";
    remember("theme", on === systemDark.matches ? "" : root.dataset.theme);
  },
};
const toggles = all("[data-toggle]");
const paint = () => toggles.forEach((b) => b.setAttribute("aria-pressed", states[b.dataset.toggle]()));

toggles.forEach((button) => button.addEventListener("click", () => {
  const name = button.dataset.toggle;
  flips[name](!states[name]());
  paint();
}));
systemDark.addEventListener("change", paint);
paint();

/* Copy an address; print */

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

all("[data-copy]").forEach((button) => button.addEventListener("click", async () => {
  const label = button.querySelector("span"), before = label.textContent;
  await copy(button.dataset.copy);
  label.textContent = button.dataset.done;
  label.setAttribute("role", "status");
  setTimeout(() => { label.textContent = before; label.removeAttribute("role"); }, 2000);
}));
all("[data-print]").forEach((button) => button.addEventListener("click", () => print()));

/* Filters of chapters and of honor rolls */

const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

function filter(name, words) {
  const wanted = plain(words);
  let found = 0;
  all(`[data-filter-list="${name}"] :is(li, tr)`).forEach((row) => {
    const shown = plain(row.dataset.filter ?? row.textContent).includes(wanted);
    row.hidden = !shown;
    found += shown;
  });
  all(".axis, .roll__group").forEach((group) => {
    group.hidden = !all("li, tr[data-initial]", group).some((row) => !row.hidden);
  });
  document.querySelector(`[data-filter-none="${name}"]`).hidden = found > 0;
}

all("[data-filter-input]").forEach((input) => {
  input.addEventListener("input", () => filter(input.dataset.filterInput, input.value));
});

/* Order of an honor roll */

all("[data-sort]").forEach((select) => {
  const lists = all('[data-filter-list="roll"]').map((list) => ({ list, rows: [...list.children] }));
  select.addEventListener("change", () => lists.forEach(({ list, rows }) => {
    const ordered = select.value === "name"
      ? [...rows].sort((a, b) => (a.dataset.initial || "~").localeCompare(b.dataset.initial || "~"))
      : rows;
    list.append(...ordered);
  }));
});

/* The reader's own time beside the venue's */

const offset = (text) => {
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)$/.exec(text) ?? [, "+", 0, 0];
  return (sign === "-" ? -1 : 1) * (hours * 60 + +minutes);
};

all(".local-time").forEach((place) => {
  const start = new Date(place.dataset.start);
  if (Number.isNaN(+start) || -start.getTimezoneOffset() === offset(place.dataset.start)) return;
  const form = new Intl.DateTimeFormat(root.lang, { dateStyle: "medium", timeStyle: "short" });
  const time = form.formatRange(start, new Date(place.dataset.end));
  place.textContent = place.dataset.text.replace("{}", time);
  place.hidden = false;
});
