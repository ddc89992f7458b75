// An independent reader of calendars: what ical.js makes of a file, as JSON, for the tests.
// Usage: node expand.mjs COUNT < file.ics

import { readFileSync } from "node:fs";
import ICAL from "../../editor/node_modules/ical.js/dist/ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone.getFirstPropertyValue("tzid"), new ICAL.Timezone(zone));
}

const said = (time) => (time.isDate ? time.toString() : time.toUnixTime());
const found = {};
const parts = new Map();
for (const part of calendar.getAllSubcomponents("vevent")) {
  const uid = part.getFirstPropertyValue("uid");
  parts.set(uid, [...(parts.get(uid) ?? []), part]);
}
for (const [uid, [whole, ...exceptions]] of parts) {
  const event = new ICAL.Event(whole, { exceptions });
  const spans = [];
  if (event.isRecurring()) {
    const iterator = event.iterator();
    let next;
    while (spans.length < Number(process.argv[2]) && (next = iterator.next())) {
      const { startDate, endDate } = event.getOccurrenceDetails(next);
      spans.push([said(startDate), said(endDate)]);
    }
  } else spans.push([said(event.startDate), said(event.endDate)]);
  found[uid] = spans;
}
process.stdout.write(JSON.stringify(found));
