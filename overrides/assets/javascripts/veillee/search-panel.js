// What is typed, asked to the engine, and what it finds, drawn: for the dialog of every page (`start`) and for the page
// of the search (`wake`). Both hold the same places, `data-at="count"`, their own models of what is drawn,
// `<template data-at="hit">`, and their words in `data-` attributes. Nothing is ever drawn from HTML; what shows is
// told by the words of `data-state`.

import { chosenPlace, distance, root, territories } from "./place.js";
import { open } from "./search-engine.js";
import { keep, recall } from "./storage.js";

/** While letters follow one another faster than this, a search waits for the last; others are answered at once. */
const DELAY_MS = 120;
/** What is kept to search offline waits until results have been read so long: what is asked meanwhile comes first. */
const PAUSE_MS = 1000;
/** The index that a page opens by itself is known to be the last for so long. */
const FRESH_MS = 60_000;
const MOST_RECENT = 8;
const MOST_HELPERS = 4;
/** How many results are looked through for the skill that was meant, and how good it is, beside the best one. */
const [MOST_RANKED, CLOSE] = [200, 0.3];

let opening;
let kept;
let pause;
/** Options drawn so far: each needs an id. */
let drawn = 0;

/** The engine, opened once; asked again after a failure. */
function engine() {
  opening ??= open(root);
  opening.catch(() => (opening = undefined));
  return opening;
}

/** Keep what this page has read, and the index, to search offline. */
function keepAll() {
  kept ??= import("./offline.js").then((offline) => offline.start(root)).catch(() => {});
}

/** Past searches, the last first, a line each; they never leave this browser. */
function recents() {
  return (recall("searches") ?? "").split("\n").filter(Boolean);
}

function keepRecents(texts) {
  keep("searches", texts.slice(0, MOST_RECENT).join("\n") || null);
}

/**
 * A copy of a model, with texts at its places `data-in`: the pieces that answer the query are marked.
 * @param {HTMLTemplateElement} model
 * @param {Record<string, string | {text: string, hit: boolean}[]>} texts
 */
function filled(model, texts) {
  const node = model.content.firstElementChild.cloneNode(true);
  for (const spot of node.querySelectorAll("[data-in]")) {
    for (const part of [texts[spot.dataset.in] ?? []].flat()) {
      spot.append(part.hit ? document.createElement("mark") : (part.text ?? part));
      if (part.hit) spot.lastChild.textContent = part.text;
    }
  }
  node.dataset.kind = texts.kind;
  return node;
}

/** Whether the words are those of a result's title, or of its other names, which stand below. */
function isNamed({ title, subtitle }, words) {
  const named = `${title} ${subtitle}`.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return words.every((word) => named.includes(word));
}

/**
 * Wake the search of an element.
 * @param {HTMLElement} scope its form holds the field and the filters: what the form says is what is asked
 * @param {number} limit results shown at once
 * @param {(how: string) => void} moved called before each search, with what changed it: `typing`, `choosing` or nothing
 */
export function wake(scope, limit, moved) {
  const words = scope.dataset;
  const names = JSON.parse(words.names);
  const at = {};
  for (const node of scope.querySelectorAll("[data-at]")) at[node.dataset.at] = node;
  const { form, input, list } = at;
  let turn = 0;
  let timer;
  let refine;

  const row = (hit) => {
    const node = filled(at.hit, { ...hit, title: hit.titleParts ?? hit.title, name: names[hit.kind] });
    (node.querySelector("a") ?? node).href = hit.url;
    node.id = `v-option-${drawn++}`;
    return node;
  };
  const group = (kind, name, hits) => {
    const node = filled(at.group, { kind, name });
    node.lastElementChild.append(...hits.map(row));
    return node;
  };
  const show = (...shown) => {
    words.state = shown.join(" ");
    if (!words.grouped) return;
    input.ariaExpanded = !!shown[0];
    input.removeAttribute("aria-activedescendant");
  };

  /** Who can help with a skill, as results, the nearest first. */
  const nearest = async (people) => {
    const place = chosenPlace();
    const all = place ? await territories() : {};
    const far = (person) => place && distance(all, place.slug, person[2]);
    const line = (...parts) => parts.filter(Boolean).join(" · ");
    return people.toSorted((one, other) => far(one) - far(other)).slice(0, MOST_HELPERS).map(
      ([title, address, territory, level, offered, job]) => ({
        kind: "person",
        url: new URL(address, root),
        title,
        subtitle: line(job, all[territory]?.title),
        excerpt: line(names[level], ...offered.split(" ").map((offer) => names[offer])),
      }),
    );
  };

  /** The form of a question begins with what was looked for; without an answer, the community nearest to it is named. */
  const ask = async (found, { count, query }) => {
    const asked = new URLSearchParams({ title: input.value.trim() });
    const loose = count ? {} : await found.search(query.words.join(" "), {});
    const [best] = loose.count ? await found.counts(loose, "community") : [];
    if (best) asked.set("community", best.value);
    at.ask.search = asked;
  };

  const run = async (how, offset = 0) => {
    clearTimeout(timer);
    clearTimeout(pause);
    moved(how);
    const mine = ++turn;
    const text = input.value;
    if (!text.trim()) {
      at.recents.replaceChildren(...recents().map((past) => filled(at.past, { past })));
      return show("", "start", recents()[0] && "recents");
    }
    words.state += " busy";
    try {
      const filters = {};
      for (const { name, value } of form.querySelectorAll(":checked")) (filters[name] ??= []).push(value);
      const found = await engine();
      const result = await found.search(text, { live: true, filters, limit: MOST_RANKED, offset });
      if (mine !== turn) return;
      const { count, groups, hits, query } = result;
      const skill = hits.find((hit) => hit.kind === "skill" && hit.matched === groups.length && hit.score > CLOSE * hits[0].score && query.words[0] && !offset);
      const shown = [...new Set([...hits.slice(0, limit), skill])].filter(Boolean);
      const [read, helpers] = await Promise.all([
        found.read(shown, groups),
        skill && found.helpers(skill.number).then(nearest),
        at.ask && ask(found, result),
      ]);
      if (mine !== turn) return;
      const place = read.findIndex((one) => one.number === skill?.number);
      const known = skill && isNamed(read[place], query.words) ? [group("help", `${words.help} ${read[place].title}`, [read[place], ...helpers])] : [];
      read.splice(known[0] ? place : limit, 1);
      const rows = words.grouped ? [...Map.groupBy(read, (hit) => hit.kind)].map(([kind, some]) => group(kind, names[kind], some)) : read.map(row);
      list.replaceChildren(...(offset ? list.children : []), ...known, ...rows);
      at.count.textContent = count.toLocaleString();
      at.better.textContent = found.suggestion(result, read);
      const isWhole = hits[0]?.matched === groups.length;
      show(count && "found", count > 1 ? "many" : count ? "one" : "none", count > offset + limit && "all", at.better.textContent && "better", isWhole ? "whole" : "ask");
      refine = async () => at.filters.open && (await import("./search-page.js")).fill(at, found, text, filters, names);
      refine();
      pause = setTimeout(keepAll, PAUSE_MS);
    } catch (error) {
      if (mine !== turn) return;
      console.warn(error);
      show("", navigator.onLine ? "broken" : "offline");
    }
  };

  const remember = () => {
    const text = input.value.trim();
    keepRecents([text, ...recents().filter((one) => one !== text)]);
  };
  let typed = 0;
  input.oninput = ({ timeStamp }) => {
    clearTimeout(timer);
    if (timeStamp - typed > DELAY_MS && input.value[2]) run("typing");
    else timer = setTimeout(run, DELAY_MS, "typing");
    typed = timeStamp;
  };
  form.onchange = ({ target }) => target !== input && run("choosing");
  form.onsubmit = remember;
  form.onclick = ({ target }) => {
    const { again, forget, clear } = target.dataset;
    if (list.contains(target)) remember();
    if (again) input.value = target.textContent;
    else if (forget) {
      if (forget === "all") import("./offline.js").then((offline) => offline.forget(root));
      keepRecents(recents().filter((one) => forget === "one" && one !== target.previousElementSibling.textContent));
    } else if (clear) for (const box of form.querySelectorAll(":checked")) box.checked = false;
    else return;
    input.focus();
    run("choosing");
  };
  at.filters.addEventListener("toggle", () => refine?.(), true);
  return { run, at };
}

/**
 * Wake the dialog: a combobox (ARIA Authoring Practices) whose options are links. The index is opened before anything is
 * asked; and who left the last page before it was kept has what was read kept now.
 * @param {HTMLDialogElement} dialog
 * @returns {() => void} what to do each time it opens: a tab left open meets the new build of the index
 */
export function start(dialog) {
  const { run, at } = wake(dialog, 10, () => {});
  let fresh = performance.now() + FRESH_MS;
  engine();
  if (recents()[0] && !navigator.serviceWorker?.controller) keepAll();
  let active;
  at.input.onkeydown = (event) => {
    const options = [...at.list.querySelectorAll("[role=option]")];
    const now = options.indexOf(active);
    const ways = now < 0 ? { ArrowDown: 0, ArrowUp: -1 } : { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 };
    if (event.key === "Enter" && now >= 0) active.click();
    else if (event.key in ways && options[0]) {
      if (active) active.ariaSelected = false;
      active = options.at(ways[event.key] % options.length);
      active.ariaSelected = true;
      active.scrollIntoView({ block: "nearest" });
      at.input.setAttribute("aria-activedescendant", active.id);
    } else return;
    event.preventDefault();
  };
  return () => {
    if (performance.now() > fresh) engine().then((found) => found.refresh()).then((isNew) => isNew && run((kept = undefined))).catch(() => {});
    fresh = 0;
    run();
  };
}
