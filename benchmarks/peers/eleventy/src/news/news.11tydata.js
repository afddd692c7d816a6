export default { layout: "story.liquid", permalink: ({ page }) => `/news/${page.date.getUTCFullYear()}/${page.fileSlug}/` };
