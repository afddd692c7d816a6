const form = document.querySelector("[data-search]");
const list = document.querySelector("[data-search-results]");
const state = document.querySelector("[data-search-state]");
let engine;

function row(result) {
  const item = document.createElement("li"), box = document.createElement("div");
  const title = document.createElement("p"), link = document.createElement("a"), text = document.createElement("p");
  box.className = "result";
  title.className = "row__title";
  text.className = "fine";
  link.href = result.url;
  link.textContent = result.meta.title || result.url;
  text.innerHTML = result.excerpt;
  title.append(link);
  box.append(title, text);
  item.append(box);
  return item;
}

async function show(results, from) {
  const page = await Promise.all(results.slice(from, from + 15).map((r) => r.data()));
  list.append(...page.map(row));
  if (results.length <= from + 15) return;
  const more = document.createElement("button"), item = document.createElement("li");
  more.className = "button";
  more.textContent = form.dataset.more;
  more.addEventListener("click", () => { item.remove(); show(results, from + 15); });
  item.append(more);
  list.append(item);
}

async function search(words) {
  list.replaceChildren();
  state.textContent = "";
  if (!words.trim()) return;
  engine ??= await import(form.dataset.bundle + "pagefind.js");
  const { results } = await engine.search(words);
  state.textContent = results.length ? form.dataset.count.replace("{}", results.length) : form.dataset.none;
  await show(results, 0);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const words = form.elements.q.value;
  history.replaceState(null, "", "?q=" + encodeURIComponent(words));
  search(words);
});

const asked = new URLSearchParams(location.search).get("q");
if (asked) {
  form.elements.q.value = asked;
  search(asked);
}
