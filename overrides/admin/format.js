// A record's file ↔ the values that the editor shows. What nobody changed stays as it was written, byte for byte: comments,
// unknown keys, order, line breaks, the text. Only the lines of a changed key are written again. What is empty isn't
// written: a cleared field takes its key away.

import { held } from "./groups.js";
import { YAML } from "./yaml/index.js";

/** The key under which a record carries its file as it was read; never written. */
const SOURCE = "veillee:source";
/** That of a file that can't be read: its whole text is shown and saved as it is, so that one fault hides no other record. */
const BROKEN = "veillee:broken";
const FILE = /^(\uFEFF?---[ \t]*\r?\n)([\s\S]*?)(?<=\n)(---[ \t]*(?:\r?\n|$))/;
const BETWEEN = /^(?:[ \t]*\r?\n|#.*\r?\n?)*$/;
/** Texts that YAML would take for a number. */
const NUMERAL = /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?|0o[0-7]+|0x[\da-f]+)$/i;

/** Line ends of YAML 1.1, which our loader's parser would fold away: they are written by their numbers. */
const OTHER_ENDS = /[\x85\u2028\u2029]/g;

YAML.scalarOptions.str.fold.lineWidth = 0;

/** The values of a file, its text under `body`. */
export function fromFile(text) {
  const file = parts(text);
  if (!file) return { body: text, [BROKEN]: true };
  return { ...file.values, ...(file.shown && { body: file.shown }), [SOURCE]: text };
}

/** The file of these values; `order` is that of the keys in a new one. */
export function toFile(data, order = []) {
  const { [SOURCE]: source, [BROKEN]: broken, body = "", ...rest } = data;
  if (broken) return body;
  const values = held(rest) ?? {};
  if (source === undefined) return `---\n${written(values, order)}---\n${ended(body)}`;
  const file = parts(source);
  const text = unix(body ?? "") === unix(file.shown) ? file.body : ended(body ?? "");
  return file.open + edited(file, values, order) + file.close + text;
}

const unix = (text) => text.replaceAll("\r\n", "\n");
const ended = (body) => (body.trim() ? `\n${body.replace(/^\s*\n/, "").trimEnd()}\n` : "");

function parts(text) {
  const found = FILE.exec(text);
  if (!found) return undefined;
  const [all, open, head, close] = found;
  const body = text.slice(all.length);
  const front = YAML.parseDocument(unix(head), { schema: "core", version: "1.2" });
  if (front.errors.length) return undefined;
  const shown = body.replace(/^(?:[ \t]*\r?\n)+/, "").trimEnd();
  return { open, head: unix(head), close, body, shown, front, values: front.toJSON() ?? {} };
}

/** The front matter with the lines of its changed keys written again, others as they are, new ones in their place. */
function edited({ head, front, values: before }, values, order) {
  if (front.contents?.type !== "MAP") return written(values, order);
  const chunks = cut(head, front.contents.items);
  const kept = new Map();
  for (const { key, lead, text } of chunks) {
    if (same(held(before[key]), values[key])) kept.set(key, lead + text);
    else kept.set(key, lead + (values[key] === undefined ? "" : line(key, values[key])));
  }
  const keys = chunks.map(({ key }) => key);
  for (const key of sorted(Object.keys(values), order)) {
    if (kept.has(key)) continue;
    const earlier = order.slice(0, Math.max(order.indexOf(key), 0)).reverse();
    const after = keys.indexOf(earlier.find((name) => keys.includes(name)) ?? keys.at(-1));
    keys.splice(after + 1, 0, key);
    kept.set(key, line(key, values[key]));
  }
  const tail = chunks.tail;
  return keys.map((key) => kept.get(key)).map(closed).join("") + tail;
}

const closed = (text) => (text === "" || text.endsWith("\n") ? text : `${text}\n`);

/** The lines of each key; comments and empty lines above it are its `lead`, those that end the front matter the `tail`. */
function cut(head, items) {
  const starts = items.map(({ key }) => head.lastIndexOf("\n", key.range[0] - 1) + 1);
  const chunks = items.map(({ key }, place) => ({
    key: key.value,
    lead: place === 0 ? head.slice(0, starts[0]) : "",
    text: head.slice(starts[place], starts[place + 1] ?? head.length),
  }));
  chunks.tail = "";
  chunks.forEach((chunk, place) => {
    const lines = chunk.text.split(/(?<=\n)/);
    let last = lines.length;
    while (last > 1 && BETWEEN.test(lines[last - 1])) last -= 1;
    const between = lines.slice(last).join("");
    chunk.text = lines.slice(0, last).join("");
    if (place + 1 < chunks.length) chunks[place + 1].lead = between;
    else chunks.tail = between;
  });
  return chunks;
}

function sorted(keys, order) {
  const rank = (key) => (order.includes(key) ? order.indexOf(key) : order.length);
  return [...keys].sort((one, other) => rank(one) - rank(other));
}

const written = (values, order) => sorted(Object.keys(values), order).map((key) => line(key, values[key])).join("");

/** One key as YAML 1.2, ended by a line end. */
function line(key, value) {
  const document = new YAML.Document({ schema: "core", version: "1.2" });
  document.contents = YAML.createNode({ [key]: value });
  quote(document.contents);
  return closed(String(document).replace(OTHER_ENDS, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, "0")}`));
}

function quote(node) {
  if (typeof node?.value === "string" && (NUMERAL.test(node.value) || node.value.search(OTHER_ENDS) >= 0)) node.type = "QUOTE_DOUBLE";
  for (const item of node?.items ?? []) quote(item.value === undefined || item.key === undefined ? item : item.value);
}

function same(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => same(one[key], other[key]));
}
