// Reads a calendar as ical.js does (Thunderbird, Nextcloud) and prints every occurrence, one JSON array.
// It knows no time zones but those that the file itself tells.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);

const events = new Map();
for (const component of calendar.getAllSubcomponents("vevent")) {
  const uid = component.getFirstPropertyValue("uid");
  if (!events.has(uid)) events.set(uid, { changes: [] });
  if (component.hasProperty("recurrence-id")) events.get(uid).changes.push(component);
  else events.get(uid).main = component;
}

const told = (time) => (time.isDate ? time.toString() : time.toJSDate().toISOString().replace(".000Z", "Z"));
const texts = (item) => ({
  summary: item.summary ?? "",
  location: item.location ?? "",
  description: item.description ?? "",
  status: item.component.getFirstPropertyValue("status") ?? "",
});
const found = [];
for (const [uid, { main, changes }] of events) {
  const event = new ICAL.Event(main, { exceptions: changes });
  if (!event.isRecurring()) {
    found.push({ uid, start: told(event.startDate), end: told(event.endDate), ...texts(event) });
    continue;
  }
  const walk = event.iterator();
  for (let next = walk.next(); next; next = walk.next()) {
    const { startDate, endDate, item } = event.getOccurrenceDetails(next);
    found.push({ uid, start: told(startDate), end: told(endDate), ...texts(item) });
  }
}
process.stdout.write(JSON.stringify(found));
