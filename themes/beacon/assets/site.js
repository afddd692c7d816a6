const root = document.documentElement;
const all = (selector, from = document) => [...from.querySelectorAll(selector)];

function remember(key, value) {
  try {
    value ? localStorage.setItem(key, value) : localStorage.removeItem(key);
  } catch { /* storage is off: the choice lasts for this page */ }
}

/* A Chinese heading breaks between words: a line may end in 校友, never in 返校 before 日.  A single character, as a suffix
   mostly is, stays with the word before it; an opening mark, a number, the prefix 副, and 芳 of 芳名录, which dictionaries lack,
   with the word after it. */

if (root.lang.startsWith("zh") && Intl.Segmenter) {
  const words = new Intl.Segmenter(root.lang, { granularity: "word" });
  const opening = /[“‘（《「]/, leading = /[“‘（《「\d〇零一二三四五六七八九十百千万亿副芳]$/;
  const short = "h1, h2, h3, .pull p, .profile__quote p, .award .roll__name, .service-tiles strong";
  const links = ":is(h2, h3, .row__title, .archive-month li) > a";
  all(`${short}, ${links}`).filter((each) => !each.children.length).forEach((heading) => {
    const parts = [];
    for (const { segment } of words.segment(heading.textContent)) {
      const end = parts.length - 1, last = parts[end];
      if (last && (segment.length === 1 || leading.test(last)) && !opening.test(segment)) parts[end] += segment;
      else parts.push(segment);
    }
    heading.replaceChildren(...parts.flatMap((part, i) => (i ? [document.createElement("wbr"), part] : [part])));
    heading.classList.add("phrases");
  });
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

/* Filters of chapters, events and honor rolls: a row is shown if it has the words of every field */

const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
const ROWS = "[data-filter], [data-initial]";

function filter(name) {
  const wanted = all(`[data-filter-input="${name}"]`).map((field) => plain(field.value));
  let found = 0;
  all(`[data-filter-list="${name}"] :is(${ROWS})`).forEach((row) => {
    const words = plain(row.dataset.filter ?? row.textContent);
    row.hidden = !wanted.every((word) => words.includes(word));
    found += !row.hidden;
  });
  all("[data-filter-group]").forEach((group) => {
    group.hidden = all(ROWS, group).every((row) => row.hidden);
  });
  document.querySelector(`[data-filter-none="${name}"]`).hidden = found > 0;
}

all("[data-filter-input]").forEach((field) => {
  field.addEventListener("input", () => filter(field.dataset.filterInput));
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
