const ZONE = `BEGIN:VTIMEZONE
TZID:Asia/Shanghai
BEGIN:STANDARD
DTSTART:20160101T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
TZNAME:CST
END:STANDARD
END:VTIMEZONE`;

export const data = {
  pagination: { data: "collections.calendars", size: 1, alias: "calendar" },
  permalink: ({ calendar }) => calendar.file,
  eleventyExcludeFromCollections: true,
};

const text = (value) => value.replace(/([\\;,])/g, "\\$1").replaceAll("\n", "\\n");
const plain = (html) => html.replace(/<[^>]*>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&").trim();
const excerpt = (words) => (words.length > 200 ? `${words.slice(0, words.lastIndexOf(" ", 200))}…` : words);

export function render({ calendar, collections, site }) {
  const moment = (date) => this.iso(date).slice(0, 19).replace(/[-:]/g, "");
  const stamp = (date) => `${date.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const event = (item) => `BEGIN:VEVENT
UID:${item.fileSlug}@alumni.example.edu
DTSTAMP:${stamp(item.date)}
LAST-MODIFIED:${stamp(item.date)}
SEQUENCE:0
DTSTART;TZID=Asia/Shanghai:${moment(item.date)}
DTEND;TZID=Asia/Shanghai:${moment(new Date(item.data.end))}
STATUS:CONFIRMED
TRANSP:OPAQUE
SUMMARY:${text(item.data.title)}
DESCRIPTION:${text(`${excerpt(plain(item.content))}\n\n${site.url}${item.url}`)}
URL:${site.url}${item.url}
LOCATION:${text(item.data.venue)}
ORGANIZER;CN="${collections.chapterTitles[item.data.chapter]}":${site.url}/chapters/${item.data.chapter}/
END:VEVENT
`;
  const lines = `BEGIN:VCALENDAR
PRODID:-//Example Alumni Association//Eleventy//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:${text(calendar.title)}
X-WR-CALNAME:${text(calendar.title)}
URL:${site.url}${calendar.page}
SOURCE;VALUE=URI:${site.url}${calendar.file}
REFRESH-INTERVAL;VALUE=DURATION:PT12H
X-PUBLISHED-TTL:PT12H
${ZONE}
${calendar.items.map(event).join("")}END:VCALENDAR
`;
  return lines.replaceAll("\n", "\r\n");
}
