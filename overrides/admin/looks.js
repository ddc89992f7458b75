// The look of each kind of record, by the name of its collection. `it` is the reader of previews.js.

import { parts } from "./looks-parts.js";

const { title, prose, people, list, chips, facts, eyebrow } = parts;

/** A figure that proves: before, an arrow, after, and two bars to scale. */
function proof(it, result, key) {
  const { label, before, after, unit, evidence } = result;
  const told = typeof before === "number";
  const top = Math.max(before ?? 0, after ?? 0);
  const bar = (value) => Math.max((100 * value) / top, 0.8);
  const bars =
    told && typeof after === "number" && top > 0 && before >= 0 && after >= 0
      ? h(
          "svg",
          { className: "v-proof__bars", viewBox: "0 0 100 12", preserveAspectRatio: "none", "aria-hidden": true },
          h("rect", { className: "v-proof__bar", width: bar(before), height: 4 }),
          h("rect", { className: "v-proof__bar v-proof__bar--after", y: 8, width: bar(after), height: 4 }),
        )
      : null;
  return h(
    "div",
    { className: "v-proof", key },
    h("dt", { className: "v-proof__label" }, label),
    h(
      "dd",
      { className: "v-proof__values" },
      told && h("span", { className: "v-proof__before" }, it.number(before)),
      told && h("span", { className: "v-figure__arrow", "aria-hidden": true }),
      " ",
      h("span", { className: "v-proof__after" }, it.number(after)),
      unit && " ",
      unit && h("span", { className: "v-proof__unit" }, unit),
      bars,
    ),
    evidence && h("dd", { className: "v-proof__evidence" }, h("span", {}, it.words.how_known), " ", evidence),
  );
}

function standfirst(name, text) {
  return text && h("div", {}, h("h2", { className: "v-standfirst__title" }, name), h("p", {}, text));
}

function story(it) {
  const { published, territory, challenge, solution, people: who, results, image, quote, skills, communities } = it.values;
  const figures = (results ?? []).filter(Boolean);
  const alone = figures.length ? "" : " v-tale__inner--alone";
  const words = h(
    "div",
    { className: "v-tale__words" },
    eyebrow(territory && h("a", { key: "place" }, it.name("territory", territory)), published && h("time", { key: "day" }, it.day(published))),
    title(it),
    (challenge || solution) &&
      h("div", { className: "v-standfirst" }, standfirst(it.words.challenge, challenge), standfirst(it.words.done, solution)),
    people(it, "people", who, "v-tale__people"),
  );
  const proofs = figures.length > 0 && h("dl", { className: "v-tale__proofs", "aria-label": it.words.figures }, figures.map((one, key) => proof(it, one, key)));
  const picture =
    image?.src &&
    h(
      "figure",
      { className: "v-picture" },
      h("img", { src: it.picture("image.src", image.src), alt: image.alt ?? "" }),
      image.credit && h("figcaption", {}, it.words.picture_by.replace("{credit}", image.credit)),
    );
  const said =
    quote?.text &&
    h(
      "figure",
      { className: "v-said" },
      h("blockquote", { className: "v-said__words" }, h("p", {}, it.words.said.replace("{words}", quote.text))),
      quote.by && h("figcaption", { className: "v-said__by" }, h("span", {}, h("a", { className: "v-name" }, it.name("quote.by", quote.by)))),
    );
  return h(
    "article",
    {},
    h("header", { className: "v-tale v-onnight" }, h("div", { className: `v-tale__inner v-wrap${alone}` }, words, proofs)),
    h(
      "div",
      { className: "v-wrap v-columns v-tale__columns" },
      h("div", {}, picture, prose(it, "v-reading v-reading--tale")),
      h(
        "aside",
        { className: "v-aside" },
        said,
        chips(it, it.words.skills_proven, "skills", skills),
        list(it, it.words.born, "communities", communities),
      ),
    ),
  );
}

function event(it) {
  const { start, rrule, location, territory, communities, organizers, skills, outcome } = it.values;
  const [day = "", time = ""] = String(start ?? "").split(/[T ]/);
  const place = [location, territory && it.name("territory", territory)].filter(Boolean).join(", ");
  return h(
    "div",
    { className: "v-meet" },
    h(
      "div",
      { className: "v-hall v-hall--meet v-wrap" },
      h("header", { className: "v-hall__words" }, eyebrow(rrule ? it.words.recurring : it.words.meeting), title(it), people(it, "organizers", organizers, "v-meet__people")),
      h(
        "aside",
        { className: "v-ticket" },
        h(
          "div",
          { className: "v-ticket__when" },
          h("p", { className: "v-ticket__date" }, h("strong", {}, it.day(day).split(" ")[0]), h("span", {}, it.day(day).split(" ").slice(1).join(" "))),
          h("p", { className: "v-ticket__hours" }, time ? time.slice(0, 5) : it.words.all_day),
        ),
        facts([
          [it.words.where, place, "place"],
          [it.words.community, (communities ?? []).map((one) => it.name("communities", one)).join(", "), "people"],
        ]),
      ),
      h(
        "div",
        { className: "v-meet__body" },
        outcome && h("section", { className: "v-outcome" }, h("h2", { className: "v-outcome__title" }, it.words.outcome), h("p", {}, outcome)),
        prose(it),
        chips(it, it.words.about, "skills", skills),
      ),
    ),
  );
}

function community(it) {
  const { kind, purpose, animators, sponsor, resources } = it.values;
  return h(
    "div",
    {},
    h(
      "header",
      { className: "v-hall v-wrap" },
      h("div", { className: "v-hall__words" }, eyebrow(kind && it.name("kind", kind)), title(it), purpose && h("p", { className: "v-lead" }, purpose)),
      (animators?.length || sponsor) &&
        h(
          "section",
          { className: "v-keepers" },
          h("h2", { className: "v-keepers__title" }, it.words.keepers),
          people(it, "animators", animators, "v-keepers__list"),
          sponsor && h("p", { className: "v-keepers__sponsor" }, h("span", {}, it.words.supported), " ", it.name("sponsor", sponsor)),
        ),
    ),
    h(
      "div",
      { className: "v-wrap v-stack" },
      prose(it),
      resources?.length > 0 &&
        h("section", {}, h("h2", {}, it.words.resources), h("ul", { className: "v-links" }, resources.filter(Boolean).map((one, key) => h("li", { key }, h("a", {}, one.title), one.description && ` ${one.description}`)))),
    ),
  );
}

/** A text that someone signs, on a page of reading. */
function signed(by, on) {
  return (it) => {
    const { territory, communities, skills, answers, decision } = it.values;
    const [who, when] = [it.values[by], it.values[on]];
    return h(
      "article",
      { className: "v-wrap v-columns" },
      h(
        "div",
        { className: "v-stack" },
        eyebrow(who && h("span", { key: "who" }, it.name(by, who)), when && h("time", { key: "when" }, it.day(when))),
        title(it),
        decision && h("p", { className: "v-lead" }, `${it.words.why} ${decision}`),
        prose(it, "v-reading"),
        answers?.length > 0 && h("section", {}, h("h2", { className: "v-section__title" }, it.words.answers), answers.filter(Boolean).map((one, key) => answer(it, one, key))),
      ),
      h(
        "aside",
        { className: "v-aside" },
        chips(it, it.words.about, "skills", skills),
        list(it, it.words.where, "territory", [territory].filter(Boolean)),
        list(it, it.words.community, "communities", communities),
      ),
    );
  };
}

function answer(it, { by, on, text, accepted }, key) {
  return h(
    "article",
    { className: `v-answer${accepted ? " v-answer--accepted" : ""}`, key },
    accepted && h("p", { className: "v-answer__mark v-iconed v-iconed--check" }, it.words.solved),
    h("header", { className: "v-answer__head" }, h("div", {}, h("h3", { className: "v-answer__who" }, by && it.name("answers.by", by))), h("p", { className: "v-answer__when" }, on && it.day(on))),
    text && h("p", {}, text),
  );
}

function person(it) {
  const { job_title: job, territory, skills, interests, wants_to_learn: learns, communities } = it.values;
  const levelled = (path, items) =>
    (items ?? []).filter((one) => one?.skill).map(({ skill, level }) => `${it.name(`${path}.skill`, skill)}${level ? ` · ${it.name(`${path}.level`, level)}` : ""}`);
  return h(
    "div",
    { className: "v-wrap v-stack" },
    eyebrow(territory && it.name("territory", territory)),
    title(it, "name"),
    job && h("p", { className: "v-lead" }, job),
    prose(it),
    chips(it, it.words.can, "", levelled("skills", skills)),
    chips(it, it.words.likes, "", levelled("interests", interests)),
    chips(it, it.words.learns, "wants_to_learn", learns),
    list(it, it.words.community, "communities", communities),
  );
}

/** A kind whose page is its title and its text. */
const plain = (it) => h("article", { className: "v-wrap v-stack" }, title(it), it.values.summary && h("p", { className: "v-lead" }, it.values.summary), prose(it, "v-reading"));

/** By collection. */
export const looks = {
  stories: story,
  events: event,
  communities: community,
  posts: signed("author", "published"),
  ideas: signed("proposed_by", "proposed_on"),
  questions: signed("asked_by", "asked_on"),
  watch: signed("curated_by", "curated_on"),
  people: person,
  guides: plain,
  skills: plain,
  territories: plain,
};
