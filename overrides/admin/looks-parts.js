// The parts that several looks share, with the classes of `overrides/components/`.

const title = (it, key = "title") => h("h1", { className: "v-title" }, it.values[key] || it.words.unnamed);

const prose = (it, more = "") => h("div", { className: `md-typeset v-prose ${more}` }, it.body());

const eyebrow = (...told) => h("p", { className: "v-eyebrow" }, told.filter(Boolean).flatMap((one, place) => (place ? [" ", one] : [one])));

const people = (it, path, slugs, className) =>
  slugs?.length > 0 && h("ul", { className }, slugs.map((slug) => h("li", { key: slug }, h("a", { className: "v-name" }, it.name(path, slug)))));

const list = (it, heading, path, slugs) =>
  slugs?.length > 0 &&
  h("section", {}, h("h2", {}, heading), h("ul", { className: "v-links" }, slugs.map((slug) => h("li", { key: slug }, h("a", {}, it.name(path, slug))))));

/** Words in a row; `path` is empty when they are labels already. */
const chips = (it, heading, path, words) =>
  words?.length > 0 &&
  h(
    "section",
    {},
    h("h2", {}, heading),
    h("ul", { className: "v-chips" }, words.map((word) => h("li", { key: word }, h("a", { className: "v-chip" }, path ? it.name(path, word) : word)))),
  );

const facts = (rows) =>
  h(
    "dl",
    { className: "v-facts v-ticket__facts" },
    rows.filter(([, value]) => value).map(([name, value, icon]) => h("div", { key: name }, h("dt", { className: `v-iconed v-iconed--${icon}` }, name), h("dd", {}, value))),
  );

export const parts = { title, prose, eyebrow, people, list, chips, facts };
