const form = document.querySelector("[data-search]");
const list = document.querySelector("[data-search-results]");
const state = document.querySelector("[data-search-state]");
const selects = [...form.querySelectorAll("select")];
const fields = [form.elements.q, ...selects];
const SOME = 15;
let engine, loading, latest = 0;

/* In the index every Chinese character is a word, so what is asked for in Chinese is a phrase of them. */

const han = "[\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]";
const pieces = new RegExp(`${han}|(?:(?!${han})[\\p{L}\\p{M}\\p{N}_])+`, "gu");
const isHan = new RegExp(han, "u");

function questions(words) {
  const asked = words.normalize("NFKC").split(/\s+/).filter((word) => word.match(pieces));
  const phrases = asked.filter((word) => isHan.test(word)).map((word) => `"${word.match(pieces).join(" ")}"`);
  const rest = asked.filter((word) => !isHan.test(word)).join(" ");
  return rest ? [...phrases, rest] : phrases;
}

/* What pages are filtered by are words too, of a form that no text has. */

const hex = (text) => [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const spelt = ({ name, value }) => `"xq${name}${hex(value).replace(/\d/g, (digit) => "ghijklmnop"[digit])}"`;

async function find(words, chosen) {
  const asked = [...questions(words), ...chosen.map(spelt)];
  const answers = await Promise.all(asked.map((each) => engine.search(each)));
  return answers.map((answer) => answer.results).reduce((found, more) => {
    const ids = new Set(more.map((result) => result.id));
    return found.filter((result) => ids.has(result.id));
  });
}

/* Results */

const wide = "[\\u3001-\\u303f\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef\\u{20000}-\\u{3ffff}]";
const gaps = new RegExp(`(?<=${wide}(?:</?mark>)*) | (?=(?:</?mark>)*${wide})`, "gu");
const whole = (text = "") => text.replace(gaps, "");
const element = (name, look, ...inner) => {
  const made = document.createElement(name);
  if (look) made.className = look;
  made.append(...inner);
  return made;
};

function excerpt(text) {
  const parts = whole(text.replace(/(<mark>)?\bxq[a-z]+(<\/mark>)?/g, "")).replaceAll("</mark><mark>", "").split(/<\/?mark>/);
  return parts.map((part, number) => {
    const words = part.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
    return number % 2 ? element("mark", "", words) : words;
  });
}

function row({ url, meta, excerpt: text }) {
  const kind = form.elements.kind.querySelector(`[value="${meta.kind}"]`)?.text;
  const link = element("a", "", whole(meta.title) || url);
  link.href = url;
  const facts = element("p", "meta", ...[kind, meta.date].filter(Boolean).map((fact) => element("span", "", fact)));
  return element("li", "", element("div", "result", element("p", "row__title", link), facts, element("p", "fine", ...excerpt(form.elements.q.value ? text : meta.summary ?? text))));
}

async function show(results, from, turn) {
  const page = await Promise.all(results.slice(from, from + SOME).map((result) => result.data()));
  if (turn !== latest) return;
  const rows = page.map(row);
  list.append(...rows);
  if (from) rows[0]?.querySelector("a").focus();
  if (results.length <= from + SOME) return;
  const more = element("button", "button", form.dataset.more);
  const item = element("li", "", more);
  more.addEventListener("click", () => { item.remove(); show(results, from + SOME, turn); });
  list.append(item);
}

/* The engine, once somebody wants to search */

const ready = () => loading ??= (async () => {
  const found = await import(form.dataset.bundle + "pagefind.js");
  await found.options({ excerptLength: document.documentElement.lang.startsWith("zh") ? 72 : 30 });
  engine = found;
})();

async function search() {
  const turn = ++latest;
  const chosen = selects.filter((select) => select.value);
  list.replaceChildren();
  state.textContent = "";
  if (!questions(form.elements.q.value).length && !chosen.length) return;
  try {
    await ready();
    const results = await find(form.elements.q.value, chosen);
    await show(results, 0, turn);
    if (turn !== latest) return;
    const { one, count, none } = form.dataset;
    state.textContent = results.length > 1 ? count.replace("{}", results.length) : results.length ? one : none;
  } catch (error) {
    loading = undefined;
    state.textContent = form.dataset.failed;
    throw error;
  }
}

function ask() {
  const asked = fields.filter((field) => field.value).map((field) => [field.name, field.value]);
  history.replaceState(null, "", asked.length ? "?" + new URLSearchParams(asked) : location.pathname);
  search();
}

form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
selects.forEach((select) => select.addEventListener("change", ask));
form.addEventListener("focusin", () => ready().catch(() => { loading = undefined; }), { once: true });

const asked = new URLSearchParams(location.search);
for (const field of fields) field.value = asked.get(field.name) ?? "";
search();
