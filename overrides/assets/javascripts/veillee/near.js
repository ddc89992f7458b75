// « Near you » on the first page: the fragment of the chosen territory, fetched and put in place.

import { PLACE_CHANGED, chosenPlace, root, territories } from "./place.js";

/**
 * A fragment's nodes, its relative addresses led back to where it comes from.
 * @param {string} html
 * @param {URL} from
 * @returns {DocumentFragment}
 */
function nodes(html, from) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const name of ["href", "src"]) {
    for (const node of parsed.querySelectorAll(`[${name}]`)) {
      node.setAttribute(name, new URL(node.getAttribute(name), from).href);
    }
  }
  const made = document.createDocumentFragment();
  made.append(...parsed.body.childNodes);
  return made;
}

/**
 * Show what is near, or the chooser that the server wrote when nothing is chosen.
 * @param {HTMLElement} box its `data-status` names an element that says the change aloud
 */
export function start(box) {
  const chooser = [...box.childNodes];
  const status = document.getElementById(box.dataset.status);
  let asked = 0;
  const show = async () => {
    const place = chosenPlace();
    const turn = ++asked;
    if (!place) {
      box.replaceChildren(...chooser);
      status.textContent = "";
      return;
    }
    try {
      const known = (await territories())[place.slug];
      if (!known) throw new Error(place.slug);
      const from = new URL(known.near, root);
      const response = await fetch(from);
      if (!response.ok) throw new Error(`${from}: ${response.status}`);
      const html = await response.text();
      if (turn !== asked) return;
      box.replaceChildren(nodes(html, from));
      status.textContent = known.title;
    } catch (error) {
      console.warn(error);
      box.replaceChildren(...chooser);
      status.textContent = box.dataset.error;
    }
  };
  document.addEventListener(PLACE_CHANGED, show);
  show();
}
