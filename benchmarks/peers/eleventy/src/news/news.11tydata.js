const year = new Intl.DateTimeFormat("en", { year: "numeric", timeZone: "Asia/Shanghai" });

export default { layout: "story.liquid", permalink: ({ page }) => `/news/${year.format(page.date)}/${page.fileSlug}/` };
