// The fields of a form: what they ask, read from the attributes that templates write, and their answers, read from the
// page and put back into it.

import { plainNumber } from "./form-rules.js";
import { readNames, writeNames } from "./form-names.js";
import { readRows, writeRows } from "./form-rows.js";

/** What no text needs: controls, marks of direction, invisible separators (as portal/characters.py has them). */
const UNSAFE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * @typedef {object} Field A thing asked and its place in the page.
 * @property {HTMLElement} box
 * @property {string} name
 * @property {string} control
 * @property {string} word its label on the sheet
 * @property {string} label its label in the page
 * @property {number} place its rank on the sheet
 * @property {boolean} isRequired
 * @property {string} completes the group that it completes, or nothing
 * @property {number} most characters
 * @property {Field[]} parts those of a row: their boxes are in its first row
 */

/**
 * The fields directly inside an element, in the order of the page; rows keep theirs.
 * @param {HTMLElement} scope
 * @returns {Field[]}
 */
export function fieldsOf(scope) {
  return boxesOf(scope).map((box) => {
    const { ask, control, word, label, place, completes, most } = box.dataset;
    const parts = control === "rows" ? fieldsOf(box.querySelector("[data-row]")) : [];
    const isRequired = "required" in box.dataset;
    return { box, name: ask, control, word, label, place: Number(place), isRequired, completes: completes ?? "", most: Number(most ?? 0), parts };
  });
}

/** The boxes of fields that stand in no other one of the scope. */
function boxesOf(scope) {
  const boxes = [...scope.querySelectorAll("[data-ask]")];
  return boxes.filter((box) => {
    const around = box.parentElement.closest("[data-ask]");
    return !around || !scope.contains(around) || around === scope;
  });
}

/**
 * What is given in a box, in the words of the sheet; empty when nothing is.
 * @param {HTMLElement} box
 * @returns {import("./form-sheet.js").Answer}
 */
export function read(box) {
  return READERS[box.dataset.control]?.(box) ?? clean(inputOf(box).value);
}

/**
 * Put an answer back.
 * @param {HTMLElement} box
 * @param {import("./form-sheet.js").Answer} answer
 */
export function write(box, answer) {
  if (WRITERS[box.dataset.control]) WRITERS[box.dataset.control](box, answer);
  else inputOf(box).value = answer;
}

/**
 * The input that takes the focus.
 * @param {HTMLElement} box
 * @returns {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement}
 */
export function inputOf(box) {
  return box.querySelector("input, select, textarea");
}

function clean(text) {
  return text.replace(UNSAFE, "").trim();
}

function inputsOf(box) {
  return [...box.querySelectorAll("input")];
}

function ticked(box) {
  return inputsOf(box).filter((input) => input.checked).map((input) => input.value);
}

function tick(box, words) {
  for (const input of inputsOf(box)) input.checked = words.includes(input.value);
}

const READERS = {
  number: (box) => plainNumber(clean(inputOf(box).value), document.documentElement.lang),
  moment: (box) => inputsOf(box).map((input) => input.value).join(" ").trim(),
  scale: (box) => ticked(box).join(""),
  choice: (box) => ticked(box).join(""),
  choices: ticked,
  picks: ticked,
  names: readNames,
  rows: (box) => readRows(box, (row) => Object.fromEntries(boxesOf(row).map((part) => [part.dataset.ask, read(part)]))),
};

const WRITERS = {
  moment: (box, answer) => {
    const [date, time] = inputsOf(box);
    [date.value, time.value] = [/^\d{4}-\d{2}-\d{2}/.exec(answer)?.[0] ?? "", /\d{2}:\d{2}$/.exec(answer)?.[0] ?? ""];
  },
  scale: (box, answer) => tick(box, [answer]),
  choice: (box, answer) => tick(box, [answer]),
  choices: tick,
  picks: tick,
  names: writeNames,
  rows: (box, answer) =>
    writeRows(box, answer, (row, item) => boxesOf(row).forEach((part) => write(part, item?.[part.dataset.ask] ?? ""))),
};
