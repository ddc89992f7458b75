// What is wrong in a form, said beside each field and gathered at its head. The judging stands in form-rules.js.

import { fieldsOf, inputOf, read } from "./form-fields.js";
import { endsTooEarly, judge } from "./form-rules.js";
import { rowsOf } from "./form-rows.js";

/** From this share of its length on, a text says how much is left. */
const NEARLY = 0.8;

/**
 * @typedef {object} Fault
 * @property {HTMLElement} box
 * @property {string} label
 * @property {string} sentence
 */

/** What is said of an empty answer: only when someone means to send, or was told already. */
const OF_NOTHING = ["required", "complete"];

/**
 * Judge a form and show what is wrong beside each field.
 * @param {HTMLFormElement} form
 * @param {import("./form-fields.js").Field[]} fields
 * @returns {Fault[]}
 */
export function judgeForm(form, fields) {
  return [...judged(fields)].map((item) => shown(form, item)).filter(Boolean);
}

/**
 * Judge one field that was left or is being mended: what is wrong with it, or nothing.
 * @param {HTMLFormElement} form
 * @param {import("./form-fields.js").Field[]} fields
 * @param {HTMLElement} box
 * @returns {Fault | undefined}
 */
export function judgeField(form, fields, box) {
  const item = [...judged(fields)].find((one) => one.box === box);
  if (!item || (OF_NOTHING.includes(item.rule?.rule) && !box.hasAttribute("data-fault"))) return undefined;
  return shown(form, item);
}

function shown(form, { box, field, rule }) {
  const name = rule && `say${rule.rule[0].toUpperCase()}${rule.rule.slice(1)}`;
  const sentence = rule ? form.dataset[name].replace("{n}", String(rule.n)) : "";
  showFault(box, sentence);
  return sentence ? { box, label: field.label, sentence } : undefined;
}

/** Every field and every part of a row that is used, with the rule that it breaks. */
function* judged(fields) {
  const given = new Map(fields.map((field) => [field.name, read(field.box)]));
  for (const field of fields) {
    const answer = given.get(field.name);
    const around = fields.some((other) => other !== field && field.completes && groupOf(other) === field.completes && given.get(other.name).length > 0);
    const isBroken = [...field.box.querySelectorAll("input")].some((input) => input.validity.badInput);
    let rule = judge({ ...field, isBroken }, answer);
    if (!rule && around && answer.length === 0) rule = { rule: "complete" };
    if (!rule && field.name === "end" && endsTooEarly(given.get("start") ?? "", answer)) rule = { rule: "order" };
    yield { box: field.box, field, rule };
    if (field.control === "rows") yield* rowsJudged(field);
  }
}

function* rowsJudged(field) {
  for (const row of rowsOf(field.box)) {
    const parts = fieldsOf(row);
    const isUsed = parts.some((part) => read(part.box).length > 0);
    for (const part of parts) {
      yield { box: part.box, field: part, rule: isUsed ? judge({ ...part, isBroken: false }, read(part.box)) : null };
    }
  }
}

function groupOf(field) {
  return field.name.includes(".") ? field.name.slice(0, field.name.lastIndexOf(".")) : "";
}

/** The place of the sentence about a box. */
function errorOf(box) {
  return box.querySelector(":scope > .v-ask__error");
}

/**
 * Say what is wrong with a field; nothing takes it back.
 * @param {HTMLElement} box
 * @param {string} sentence
 */
export function showFault(box, sentence) {
  const error = errorOf(box);
  error.textContent = sentence;
  error.hidden = sentence === "";
  error.classList.remove("v-ask__error--note");
  box.toggleAttribute("data-fault", sentence !== "");
  // What is folded away opens by itself when something in it is to be mended.
  if (sentence) box.closest("details")?.setAttribute("open", "");
  if (box.dataset.control === "rows") return;
  for (const input of box.querySelectorAll("input, select, textarea")) {
    if (sentence) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}

/**
 * Say something that is worth a look, and no fault.
 * @param {HTMLElement} box
 * @param {string} sentence
 */
export function showNote(box, sentence) {
  const error = errorOf(box);
  error.textContent = sentence;
  error.hidden = false;
  error.classList.add("v-ask__error--note");
}

/**
 * Say how many characters are left, once they are few.
 * @param {HTMLElement} box
 * @param {DOMStringMap} words
 */
export function showCount(box, words) {
  const place = box.querySelector(":scope > [data-count]");
  const most = Number(box.dataset.most ?? 0);
  if (!place || !most) return;
  const left = most - [...inputOf(box).value].length;
  place.hidden = left > most * (1 - NEARLY) || left < 0;
  const language = document.documentElement.lang;
  const sentence = new Intl.PluralRules(language).select(left) === "one" ? words.sayLeftOne : words.sayLeftOther;
  place.textContent = sentence.replace("{n}", new Intl.NumberFormat(language).format(left));
}

/**
 * Gather what is wrong at the head of the form, with a link to each field, and go there.
 * @param {HTMLFormElement} form
 * @param {Fault[]} faults
 */
export function summarise(form, faults) {
  const summary = form.querySelector("[data-form-errors]");
  summary.hidden = faults.length === 0;
  if (faults.length === 0) return;
  const rule = new Intl.PluralRules(document.documentElement.lang).select(faults.length);
  const sentence = rule === "one" ? form.dataset.sayPointsOne : form.dataset.sayPointsOther;
  summary.querySelector("h2").textContent = sentence.replace("{n}", String(faults.length));
  summary.querySelector("ul").replaceChildren(...faults.map((fault) => linkTo(fault, form.dataset.sayFault)));
  summary.focus();
}

/** Nothing is said any more of what was wrong. */
export function forgetFaults(form) {
  for (const box of form.querySelectorAll("[data-ask]")) showFault(box, "");
  summarise(form, []);
}

function linkTo({ box, label, sentence }, words) {
  const link = document.createElement("a");
  link.href = `#${inputOf(box).id}`;
  link.textContent = words.replace("{label}", label).replace("{what}", sentence);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    inputOf(box).focus();
    box.scrollIntoView({ block: "center" });
  });
  const item = document.createElement("li");
  item.append(link);
  return item;
}
