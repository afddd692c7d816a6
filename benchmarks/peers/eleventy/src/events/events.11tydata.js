export default { layout: "event.liquid", permalink: ({ page }) => `/events/${page.fileSlug}/` };
