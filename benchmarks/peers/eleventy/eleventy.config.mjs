const PAGE_SIZE = 20;
const long = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });

const byDate = (collection, glob) => collection.getFilteredByGlob(glob).sort((a, b) => b.date - a.date);

function grouped(items, keys) {
  const groups = new Map();
  for (const item of items) {
    for (const key of keys(item)) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(item);
    }
  }
  return groups;
}

/** One entry a page: a tag's stories in parts of 20. */
function tagPages(stories) {
  const pages = [];
  for (const [tag, items] of [...grouped(stories, (item) => item.data.topics)].sort()) {
    const total = Math.ceil(items.length / PAGE_SIZE);
    for (let number = 1; number <= total; number++) {
      const url = (n) => (n === 1 ? `/tags/${tag}/` : `/tags/${tag}/page/${n}/`);
      pages.push({
        tag,
        url: url(number),
        items: items.slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE),
        previous: number > 1 ? url(number - 1) : null,
        next: number < total ? url(number + 1) : null,
      });
    }
  }
  return pages;
}

export default function (config) {
  config.setLiquidOptions({ cache: true });
  config.addFilter("long", (date) => long.format(date));
  config.addFilter("iso", (date) => date.toISOString());
  config.addFilter("utc", (date) => date.toUTCString());
  config.addPassthroughCopy({ "src/site.css": "site.css" });
  config.addCollection("stories", (collection) => byDate(collection, "src/news/*.md"));
  config.addCollection("happenings", (collection) => byDate(collection, "src/events/*.md"));
  config.addCollection("chapters", (collection) => collection.getFilteredByGlob("src/chapters/*.md"));
  config.addCollection("chapterTitles", (collection) =>
    Object.fromEntries(collection.getFilteredByGlob("src/chapters/*.md").map((item) => [item.fileSlug, item.data.title])));
  config.addCollection("tagPages", (collection) => tagPages(byDate(collection, "src/news/*.md")));
  config.addCollection("storiesOf", (collection) =>
    Object.fromEntries(grouped(byDate(collection, "src/news/*.md"), (item) => [item.data.chapter])));
  config.addCollection("eventsOf", (collection) =>
    Object.fromEntries(grouped(byDate(collection, "src/events/*.md"), (item) => [item.data.chapter])));
  config.addCollection("near", (collection) => {
    const stories = byDate(collection, "src/news/*.md");
    return Object.fromEntries(stories.map((item, index) => [item.fileSlug, { previous: stories[index - 1], next: stories[index + 1] }]));
  });
  return { dir: { input: "src", output: "public" }, markdownTemplateEngine: false };
}
