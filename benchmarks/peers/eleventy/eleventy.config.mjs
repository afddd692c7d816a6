const PAGE_SIZE = 20;
const FEED_SIZE = 30;
const SITE = { title: "Example Alumni Association", url: "https://alumni.example.edu" };
const long = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "Asia/Shanghai" });

const byDate = (collection, glob) => collection.getFilteredByGlob(glob).sort((a, b) => b.date - a.date);
const stories = (collection) => byDate(collection, "src/news/*.md");
const events = (collection) => byDate(collection, "src/events/*.md");
const chapters = (collection) => collection.getFilteredByGlob("src/chapters/*.md");

/** The time of Shanghai, which has had no summer time since 1991, in the fields of UTC. */
const local = (date) => new Date(date.getTime() + 8 * 3600_000);

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

const sections = (collection) => [...grouped(stories(collection), (item) => [item.data.section])].sort();
const topics = (collection) => [...grouped(stories(collection), (item) => item.data.topics)].sort();
const storiesOf = (collection) => grouped(stories(collection), (item) => [item.data.chapter]);
const eventsOf = (collection) => grouped(events(collection), (item) => [item.data.chapter]);

/** One entry a page: the stories of a section or a tag in parts of 20. */
function parts(groups, folder) {
  const pages = [];
  for (const [title, items] of groups) {
    const total = Math.ceil(items.length / PAGE_SIZE);
    for (let number = 1; number <= total; number++) {
      const url = (n) => (n === 1 ? `/${folder}/${title}/` : `/${folder}/${title}/page/${n}/`);
      pages.push({
        title,
        url: url(number),
        items: items.slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE),
        previous: number > 1 ? url(number - 1) : null,
        next: number < total ? url(number + 1) : null,
      });
    }
  }
  return pages;
}

/** One entry a feed, whatever its format: of the site, each section, each chapter and each tag. */
function feeds(collection) {
  const feed = (url, items, title) => ({
    url,
    title: title ? `${title} · ${SITE.title}` : SITE.title,
    items: items.slice(0, FEED_SIZE),
  });
  const ofChapter = storiesOf(collection);
  return [
    feed("/", stories(collection)),
    ...sections(collection).map(([section, items]) => feed(`/news/${section}/`, items, section)),
    ...chapters(collection).map((item) => feed(item.url, ofChapter.get(item.fileSlug) ?? [], item.data.title)),
    ...topics(collection).map(([tag, items]) => feed(`/tags/${tag}/`, items, tag)),
  ];
}

/** One entry a calendar: of the site, each chapter and each event. */
function calendars(collection) {
  const ofChapter = eventsOf(collection);
  return [
    { file: "/calendar.ics", page: "/events/", title: `Events: ${SITE.title}`, items: events(collection).reverse() },
    ...chapters(collection).map((item) => ({
      file: `${item.url}calendar.ics`,
      page: item.url,
      title: `${item.data.title} · ${SITE.title}`,
      items: (ofChapter.get(item.fileSlug) ?? []).toReversed(),
    })),
    ...events(collection).map((item) => ({ file: `${item.url}event.ics`, page: item.url, title: item.data.title, items: [item] })),
  ];
}

export default function (config) {
  config.setLiquidOptions({ cache: true });
  config.addGlobalData("site", SITE);
  config.addFilter("long", (date) => long.format(date));
  config.addFilter("iso", (date) => local(date).toISOString().replace(".000Z", "+08:00"));
  config.addFilter("rfc822", (date) => local(date).toUTCString().replace("GMT", "+0800"));
  config.addPassthroughCopy({ "src/site.css": "site.css" });
  config.addCollection("stories", stories);
  config.addCollection("happenings", events);
  config.addCollection("chapters", chapters);
  config.addCollection("chapterTitles", (collection) =>
    Object.fromEntries(chapters(collection).map((item) => [item.fileSlug, item.data.title])));
  config.addCollection("sectionPages", (collection) => parts(sections(collection), "news"));
  config.addCollection("tagPages", (collection) => parts(topics(collection), "tags"));
  config.addCollection("storiesOf", (collection) => Object.fromEntries(storiesOf(collection)));
  config.addCollection("eventsOf", (collection) => Object.fromEntries(eventsOf(collection)));
  config.addCollection("feeds", feeds);
  config.addCollection("calendars", calendars);
  config.addCollection("near", (collection) => {
    const all = stories(collection);
    return Object.fromEntries(all.map((item, index) => [item.fileSlug, { previous: all[index - 1], next: all[index + 1] }]));
  });
  return { dir: { input: "src", output: "public" }, markdownTemplateEngine: false };
}
