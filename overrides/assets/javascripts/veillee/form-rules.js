// What is wrong with an answer, by the name of its sentence. Pure: no page here.

const MAX_LINE_CHARS = 500;
const URL_FORM = /^https?:\/\/[^\s<>"\\`{}|^/?#]+([/?#][^\s<>"\\`{}|^]*)?$/i;
const EMAIL_FORM = /^[^@\s<>"',;:()]+@[^@\s<>"',;:()]+\.[a-z]{2,}$/i;
// Four decimals, twelve digits: as far as every reader writes numbers the same way.
const NUMBER_FORM = /^-?\d{1,12}([.,]\d{1,4})?$/;
const DATE_FORM = /^\d{4}-\d{2}-\d{2}$/;

/**
 * @typedef {object} Judged What a rule needs to know of a field.
 * @property {string} control
 * @property {boolean} isRequired
 * @property {number} most characters; 0 where the model says nothing
 * @property {boolean} isBroken the browser itself couldn't read what was typed
 */

/**
 * The first thing wrong with an answer: the name of its sentence, and the number that the sentence holds.
 * @param {Judged} field
 * @param {import("./form-sheet.js").Answer} answer
 * @returns {{rule: string, n?: number} | null}
 */
export function judge(field, answer) {
  if (field.isBroken) return { rule: "date" };
  if (answer.length === 0) return field.isRequired ? { rule: "required" } : null;
  const texts = Array.isArray(answer) ? answer.filter((item) => typeof item === "string") : [answer];
  const most = field.most || (field.control === "text" ? Infinity : MAX_LINE_CHARS);
  const over = Math.max(0, ...texts.map((text) => [...text].length)) - most;
  if (over > 0) return { rule: "long", n: over };
  return FORMS[field.control]?.(answer) ?? null;
}

const FORMS = {
  url: (text) => (URL_FORM.test(text) ? null : { rule: "url" }),
  email: (text) => (EMAIL_FORM.test(text) ? null : { rule: "email" }),
  number: (text) => (NUMBER_FORM.test(text) ? null : { rule: "number" }),
  date: (text) => (isDay(text) ? null : { rule: "date" }),
  moment: (text) => (!/^\d{4}-/.test(text) ? { rule: "day" } : isDay(text.slice(0, 10)) ? null : { rule: "date" }),
};

/** Whether a day is of the calendar; a year has four digits. */
function isDay(text) {
  return DATE_FORM.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

/**
 * Whether an end comes before its beginning; days and moments are compared by what they share.
 * @param {string} start
 * @param {string} end
 */
export function endsTooEarly(start, end) {
  if (!start || !end) return false;
  const shared = Math.min(start.length, end.length);
  return end.slice(0, shared) < start.slice(0, shared);
}

/**
 * A number as the sheet writes it: no spaces, the decimal mark of the language, no needless digits.
 * @param {string} typed
 * @param {string} language
 */
export function plainNumber(typed, language) {
  const text = typed.replace(/[\s\u00a0\u202f]/g, "").replace("−", "-");
  if (!NUMBER_FORM.test(text)) return typed;
  const value = String(Number(text.replace(",", ".")));
  return language === "fr" ? value.replace(".", ",") : value;
}
