export const data = {
  pagination: { data: "collections.feeds", size: 1, alias: "feed" },
  permalink: ({ feed }) => `${feed.url}feed.json`,
  eleventyExcludeFromCollections: true,
};

export function render({ feed, page, site }) {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    description: feed.title,
    home_page_url: site.url + feed.url,
    feed_url: site.url + page.url,
    language: "en",
    authors: [{ name: site.title, url: `${site.url}/` }],
    items: feed.items.map((item) => ({
      id: site.url + item.url,
      url: site.url + item.url,
      title: item.data.title,
      content_html: item.content,
      summary: item.data.summary,
      date_published: this.iso(item.date),
      date_modified: this.iso(item.date),
      tags: item.data.topics,
    })),
  });
}
