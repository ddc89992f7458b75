// Names of people, skills, languages: completed while they are typed and, where several are asked, kept one by one.
// The lists come from form-data.json, fetched when a form has something to complete.

import { fold } from "./filters.js";
import { root } from "./place.js";

const MAX_PROPOSALS = 30;

/** By list: the word of the sheet and other names of the same thing. @type {Record<string, string[][]>} */
let lists = {};
/** By list: folded name → word of the sheet, or null where two share the name. @type {Record<string, Map<string, ?string>>} */
let known = {};

/**
 * Complete the names of a form; what was chosen or taken away is told to `say`.
 * @param {HTMLFormElement} form
 * @param {(words: "added" | "removed" | "twice", name: string) => void} say
 */
export function startNames(form, say) {
  const boxOf = (event) => event.target.closest("[data-names]");
  load().then(() => form.querySelectorAll("[data-control=names]").forEach((box) => writeNames(box, readNames(box))));
  form.addEventListener("input", (event) => {
    const box = boxOf(event);
    if (!box || event.target === box) return;
    if (event.inputType === "insertReplacementText" && takesMany(box)) take(box, say);
    propose(box);
  });
  form.addEventListener("keydown", (event) => {
    const box = boxOf(event);
    if (!box || event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    if (takesMany(box)) take(box, say);
  });
  form.addEventListener("click", (event) => {
    const box = boxOf(event);
    const taken = event.target.closest("[data-take-away]");
    if (taken) takeAway(box, taken.parentElement, say);
    if (event.target.closest("[data-add-name]")) take(box, say);
    if (taken || event.target.closest("[data-add-name]")) box.querySelector("input").focus();
  });
}

/** Keep what is still being typed in every box of a form. */
export function settleNames(form) {
  for (const box of form.querySelectorAll("[data-names]")) {
    if (takesMany(box)) writeNames(box, readNames(box));
    else settle(box);
  }
}

/**
 * Give a single name as the sheet writes it.
 * @param {HTMLElement} box
 */
export function settle(box) {
  const input = box.querySelector("input");
  if (!takesMany(box)) input.value = word(box, input.value.trim());
}

/**
 * Whether a box holds a name that no list has; nothing is unknown before the lists are there.
 * @param {HTMLElement} box
 */
export function holdsUnknown(box) {
  const given = takesMany(box) ? readNames(box) : [box.querySelector("input").value.trim()].filter(Boolean);
  return given.some((name) => isUnknown(box, name));
}

/**
 * The names kept in a box, and the one that is still being typed.
 * @param {HTMLElement} box
 * @returns {string[]}
 */
export function readNames(box) {
  return [...new Set([...keptIn(box), ...meant(box, box.querySelector("input").value)])];
}

/**
 * @param {HTMLElement} box
 * @param {string[]} answers
 */
export function writeNames(box, answers) {
  box.querySelector("ul").replaceChildren();
  box.querySelector("input").value = "";
  for (const name of answers) add(box, word(box, name));
  show(box);
}

async function load() {
  const response = await fetch(new URL("form-data.json", root)).catch(() => null);
  // Without its lists, a form takes names as they are typed.
  if (!response?.ok) return;
  lists = await response.json();
  known = Object.fromEntries(Object.entries(lists).map(([name, listed]) => [name, wordsOf(listed)]));
}

function wordsOf(listed) {
  const found = new Map();
  for (const [word, ...others] of listed) {
    for (const name of new Set([word, ...others].map(key))) found.set(name, found.has(name) ? null : word);
  }
  return found;
}

/** Letters, digits, and the two signs that tell one skill from another (`C#`, `C++`). */
function key(name) {
  return fold(name).replace(/[^\p{L}\p{N}#+]/gu, "");
}

function takesMany(box) {
  return box.dataset.control === "names";
}

function keptIn(box) {
  return [...box.querySelectorAll("li")].map((item) => item.dataset.name);
}

function word(box, name) {
  return known[box.dataset.names]?.get(key(name)) ?? name;
}

function isUnknown(box, name) {
  const names = known[box.dataset.names];
  return names !== undefined && names.size > 0 && !names.has(key(name));
}

function propose(box) {
  const wanted = key(box.querySelector("input").value);
  const found = [];
  for (const [word, ...others] of wanted ? (lists[box.dataset.names] ?? []) : []) {
    const name = [word, ...others].find((one) => key(one).includes(wanted));
    if (name && found.length < MAX_PROPOSALS) found.push(new Option(name, word));
  }
  box.querySelector("datalist").replaceChildren(...found);
}

/** The names in a text: itself where it is known, or else between commas and semicolons. */
function meant(box, text) {
  const typed = text.replace(/\s+/g, " ").trim();
  if (typed && known[box.dataset.names]?.has(key(typed))) return [word(box, typed)];
  const parts = typed.split(/[,;]/).map((part) => part.trim());
  return parts.filter(Boolean).map((part) => word(box, part));
}

/** Keep what is typed. */
function take(box, say) {
  const input = box.querySelector("input");
  const kept = keptIn(box);
  for (const name of meant(box, input.value)) {
    if (!kept.includes(name)) add(box, name);
    say(kept.includes(name) ? "twice" : "added", name);
  }
  input.value = "";
  show(box);
  changed(box);
}

function takeAway(box, item, say) {
  item.remove();
  say("removed", item.dataset.name);
  show(box);
  changed(box);
}

function add(box, name) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  item.className = `v-names__name${isUnknown(box, name) ? " v-names__name--unknown" : ""}`;
  item.dataset.name = name;
  button.type = "button";
  button.dataset.takeAway = "";
  button.setAttribute("aria-label", box.querySelector("ul").dataset.takeAway.replace("{name}", () => name));
  item.append(name, button);
  box.querySelector("ul").append(item);
}

function show(box) {
  const list = box.querySelector("ul");
  list.hidden = list.children.length === 0;
}

function changed(box) {
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
