// The filters of a search, and the page of the search, where what is asked stands in the address.

import { wake } from "./search-panel.js";

const SIZE = 20;
const MOST_CHOICES = 40;

/** Draw the choices of a folded list. */
function choose(at, folded, choices, ticked) {
  folded.lastElementChild.replaceChildren(...choices.map(({ value, label = value, count = "" }) => {
    const node = at.choice.content.firstElementChild.cloneNode(true);
    const [input, name, number] = node.children;
    Object.assign(input, { name: folded.dataset.facet, value, checked: ticked.includes(value) });
    name.textContent = label;
    number.textContent = count;
    return node;
  }));
}

/**
 * Fill the lists that are open. Inside one of them choices add up, so its own don't narrow it; what is ticked comes
 * first, even when nothing answers to it any more.
 * @param {Record<string, HTMLElement>} at
 * @param {object} found the engine
 * @param {string} text
 * @param {Record<string, string[]>} filters
 * @param {Record<string, string>} names the words of kinds
 */
export async function fill(at, found, text, filters, names) {
  for (const folded of at.filters.querySelectorAll("[data-facet][open]")) {
    if (folded.querySelector("input:focus")) continue;
    const { facet } = folded.dataset;
    const ticked = filters[facet] ?? [];
    const result = await found.search(text, { live: true, limit: 0, filters: { ...filters, [facet]: [] } });
    const choices = new Map(ticked.map((value) => [value, { value, count: 0 }]));
    for (const choice of await found.counts(result, facet)) {
      const { value } = choice;
      if (choices.size < MOST_CHOICES || choices.has(value)) choices.set(value, { ...choice, label: facet === "kind" ? names[value] : choice.label });
    }
    if (text === at.input.value) choose(at, folded, [...choices.values()], ticked);
  }
}

/** @param {HTMLElement} box */
export function start(box) {
  let isTyping;
  /** A search that is being typed is one entry of the history, each tick of a filter another. */
  const moved = (how) => {
    const address = `?${new URLSearchParams(new FormData(at.form))}`;
    if (!how || address === location.search) return;
    history[how === isTyping ? "replaceState" : "pushState"](null, "", address);
    isTyping = how === "typing" && how;
  };
  const { run, at } = wake(box, SIZE, moved);
  const read = (early) => {
    const asked = new URLSearchParams(location.search);
    at.input.value = (asked.get("q") ?? early).slice(0, 500);
    for (const folded of at.filters.querySelectorAll("[data-facet]")) {
      const values = asked.getAll(folded.dataset.facet);
      choose(at, folded, values.map((value) => ({ value })), values);
      folded.open ||= values[0];
    }
    run();
  };
  at.form.addEventListener("submit", (event) => {
    event.preventDefault();
    run("choosing");
    isTyping = false;
  });
  at.all.onclick = async () => {
    const shown = () => at.list.querySelectorAll(":scope > .v-result");
    const { length } = shown();
    await run("", Math.ceil(length / SIZE) * SIZE);
    shown()[length]?.querySelector("a").focus();
  };
  at.filters.open = matchMedia("(min-width: 60em)").matches;
  onpopstate = () => read("");
  // What was typed before this script came is asked.
  read(at.input.value);
}
