export default { layout: "chapter.liquid", permalink: ({ page }) => `/chapters/${page.fileSlug}/` };
