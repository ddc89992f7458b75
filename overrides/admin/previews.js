// What a record will look like while it is written: the portal's own styles and classes, laid out as its pages are.
// Pages of `overrides/pages/` say the same with all that the portal knows; here only the record itself is known.

import { looks } from "./looks.js";

/** The styles that a page adds to those that all share. */
const OF_PAGES = ["reading.css", "places.css", "profile.css"];

/** Registers a preview for each kind that has one, and the portal's styles as its first page names them. */
export async function registerPreviews(CMS, words, language) {
  const styles = new URL("../assets/stylesheets/", location.href);
  const shared = await sharedStyles();
  const own = OF_PAGES.map((name) => new URL(name, styles).href);
  for (const href of [...new Set([...shared, ...own])]) CMS.registerPreviewStyle(href);
  CMS.registerPreviewStyle(new URL("preview.css", location.href).href);
  for (const [collection, look] of Object.entries(looks)) {
    CMS.registerPreviewTemplate(collection, (props) => look(reader(props, words, language)));
  }
}

async function sharedStyles() {
  const address = new URL("../", location.href).href;
  const answer = await fetch(address, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const links = page.querySelectorAll('link[rel="stylesheet"]:not([media="print"])');
  return Array.from(links, (link) => new URL(link.getAttribute("href"), address).href);
}

/** What a look asks of a record: its values, and slugs, words, days and numbers as people read them. */
function reader({ entry, fields, widgetFor, getAsset }, words, language) {
  const values = entry.get("data").toJS();
  const dates = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  return {
    values,
    words,
    /** The label of a value that was chosen; `path` leads to its field. */
    name(path, value) {
      const options = fieldAt(fields, path.split("."))?.get("options");
      return options?.find((option) => option?.get?.("value") === value)?.get("label").trim() ?? String(value ?? "");
    },
    day: (text) => (Number.isNaN(Date.parse(text)) ? "" : dates.format(new Date(`${text.slice(0, 10)}T00:00Z`))),
    number: (value) => (typeof value === "number" ? numbers.format(value) : String(value ?? "")),
    body: () => widgetFor("body"),
    picture: (path, source) => getAsset(source, fieldAt(fields, path.split(".")))?.toString(),
  };
}

function fieldAt(fields, [first, ...rest]) {
  const found = fields.find((field) => field.get("name") === first);
  return rest.length && found ? fieldAt(found.get("fields"), rest) : found;
}
