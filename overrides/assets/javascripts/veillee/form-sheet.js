// A form's answers → its contribution sheet, byte for byte as portal/formats/sheet writes it. Pure: no page here.

import { fold } from "./filters.js";

/**
 * @typedef {object} Asked What a form asks: `place` is its rank on the sheet, `word` its label there.
 * @property {string} name dotted, such as `contact.email`
 * @property {string} control
 * @property {string} word
 * @property {number} place
 * @property {Asked[]} parts those of a row
 *
 * @typedef {string | string[] | Record<string, string | string[]>[]} Answer in the words of the sheet
 *
 * @typedef {object} Paper What a sheet begins with, and which lines of a text need a backslash.
 * @property {string} header
 * @property {Set<string>} reserved folded labels
 * @property {RegExp} otherwise
 */

/**
 * @param {Paper} paper
 * @param {Asked[]} asked
 * @param {Record<string, Answer>} answers
 * @returns {string}
 */
export function writeSheet(paper, asked, answers) {
  const blocks = inOrder(asked).flatMap((item) => block(paper, item, answers[item.name] ?? ""));
  return `${[paper.header, "", ...blocks].join("\n").trimEnd()}\n`;
}

/**
 * Letters and digits alone, as labels are compared; a parenthesis at the end doesn't count.
 * @param {string} label
 * @returns {string}
 */
export function folded(label) {
  return fold(label.replace(/\([^()]*\)\s*$/, "")).replace(/[^\p{L}\p{N}]/gu, "");
}

function inOrder(asked) {
  return asked.toSorted((one, other) => one.place - other.place);
}

/** The lines of one answer; none where there is none. */
function block(paper, item, answer) {
  if (answer.length === 0) return [];
  const label = `${item.word} :`;
  if (item.control === "text") return [label, ...answer.split("\n").map((line) => protect(paper, line)), ""];
  if (item.parts.length > 0) return [label, ...answer.map((row) => `- ${protectItem(writeRow(item.parts, row))}`)];
  if (Array.isArray(answer)) return [label, ...answer.map((name) => `- ${protectItem(name)}`)];
  return [`${label} ${answer}`];
}

function writeRow(parts, row) {
  const given = inOrder(parts).filter((part) => (row[part.name] ?? "").length > 0);
  return given
    .map((part, index) => {
      const text = [row[part.name]].flat().join(", ").replace(/(\\*);/g, (_, slashes) => `${slashes}${slashes}\\;`);
      return index === 0 && !/[:=]/.test(text) ? text : `${part.word} : ${text}`;
    })
    .join(" ; ");
}

/** A line of text, with a backslash where a reader would take it for a label, a signature or a quoted mail. */
function protect({ reserved, otherwise }, line) {
  const [, space, slashes, rest] = /^(\s*)(\\*)(.*)$/s.exec(line);
  const [label, ...more] = rest.replaceAll("：", ":").split(":");
  const isLabel = more.length > 0 && reserved.has(folded(label));
  return isLabel || otherwise.test(rest) ? `${space}\\${slashes}${rest}` : line;
}

/** An item that begins with a bracket isn't a box to tick. */
function protectItem(text) {
  return /^\\*\[/.test(text) ? `\\${text}` : text;
}
