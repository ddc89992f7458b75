// What a contribution will look like, in the page's own words and without its links. What was typed only ever becomes
// text: no HTML is made of it.

import { paragraphs } from "./form-markdown.js";

/**
 * @typedef {import("./form-fields.js").Field} Field
 * @typedef {import("./form-sheet.js").Answer} Answer
 */

/** Fields that stand at the head of a card, and those that are told in another way than by their control. */
const ROLES = {
  title: "title", name: "title", job_title: "lead", source: "lead", start: "moment", published: "moment", joined: "fact",
  "quote.text": "quote", "quote.by": "none", body: "body",
};

/**
 * @param {string} kind as the sheet names it
 * @param {Field[]} fields in the order of the form
 * @param {Record<string, Answer>} answers
 * @returns {HTMLElement}
 */
export function preview(kind, fields, answers) {
  const given = fields.filter((field) => (answers[field.name] ?? "").length > 0);
  const as = (role) => given.filter((field) => roleOf(field) === role);
  const one = (role) => as(role).map((field) => String(answers[field.name]))[0];
  const card = made("article", "v-card v-preview");
  const moments = as("moment").map((field) => moment(answers[field.name]));
  card.append(made("p", "v-eyebrow", [kind, ...moments].join(" · ")), made("h3", "v-preview__title", one("title") ?? "…"));
  if (one("lead")) card.append(made("p", "v-preview__lead", one("lead")));
  const facts = as("fact");
  if (facts.length > 0) card.append(factsOf(facts, answers));
  for (const field of as("figures")) card.append(figures(answers[field.name]));
  for (const field of as("chips")) card.append(chips(field, answers[field.name]));
  for (const field of as("text")) card.append(text(field, answers[field.name], true));
  if (one("quote")) card.append(quote(one("quote"), answers["quote.by"]));
  for (const field of as("body")) card.append(text(field, answers[field.name], false));
  return card;
}

function roleOf(field) {
  if (ROLES[field.name]) return ROLES[field.name];
  if (field.control === "text") return "text";
  if (field.control === "rows") return field.parts.some((part) => part.control === "number") ? "figures" : "chips";
  return field.control === "names" && field.name !== "people" && field.name !== "organizers" ? "chips" : "fact";
}

function made(tag, className, ...children) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}

function factsOf(fields, answers) {
  const list = made("dl", "v-facts");
  for (const field of fields) {
    const answer = [answers[field.name]].flat();
    const said = field.control === "date" || field.control === "moment" ? answer.map(moment) : answer;
    list.append(made("div", "", made("dt", "", field.word), made("dd", "", said.join(", "))));
  }
  return list;
}

/** A day in words, and its time as it is typed. */
function moment(typed) {
  const [day, time] = typed.split(" ");
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return typed;
  const said = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" }).format(date);
  return [said, time].filter(Boolean).join(", ");
}

function chips(field, answer) {
  const list = made("ul", "v-chips");
  for (const item of answer) list.append(typeof item === "string" ? made("li", "v-chip", item) : levelled(item));
  return made("div", "", made("h4", "", field.word), list);
}

/** A skill with its level in dots, and what is offered with it. */
function levelled(item) {
  const [name, level, ...offers] = Object.values(item);
  const dots = made("span", `v-level v-level--${level || 0}`);
  dots.setAttribute("role", "img");
  dots.setAttribute("aria-label", `${level} / 5`);
  return made("li", "v-chip", String(name), ...(level ? [dots] : []), ...offers.flat().map((offer) => made("small", "", offer)));
}

function figures(rows) {
  const list = made("div", "v-preview__figures");
  for (const row of rows) {
    const value = (part) => row[`results.${part}`] ?? "";
    const [before, after] = [number(value("before")), number(value("after"))];
    const values = made("p", "v-figure__values");
    if (before) values.append(made("span", "v-figure__before", before), made("span", "v-figure__arrow"));
    values.append(made("span", "v-figure__after", after), made("span", "v-figure__unit", value("unit")));
    list.append(made("div", "v-figure", values, made("span", "v-figure__label", value("label"))));
  }
  return list;
}

/** A number as the page writes it, with its thousands apart. */
function number(typed) {
  const value = Number(typed.replace(",", "."));
  return typed === "" || Number.isNaN(value) ? typed : new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 4 }).format(value);
}

function text(field, answer, isNamed) {
  const body = made("div", "v-preview__text");
  body.append(...paragraphs(answer));
  return made("div", "", ...(isNamed ? [made("h4", "", field.word)] : []), body);
}

function quote(words, by) {
  return made("blockquote", "v-preview__quote", made("p", "", words), ...(by ? [made("footer", "", by)] : []));
}
