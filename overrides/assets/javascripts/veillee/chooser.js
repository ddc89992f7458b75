// The choice of a territory: a link to the list of territories that becomes a button opening a dialog.

import { PLACE_CHANGED, chosenPlace, choosePlace, territories, tree } from "./place.js";

/** @type {HTMLDialogElement | undefined} */
let dialog;
/** @type {DOMStringMap} */
let words = {};

/**
 * Open the chooser; any module may ask for it.
 * @returns {Promise<import("./place.js").Place | null>} what is chosen once it closes
 */
export async function openChooser() {
  dialog ??= build(await territories());
  for (const option of dialog.querySelectorAll("[data-slug]")) {
    const chosen = option.dataset.slug === (chosenPlace()?.slug ?? "");
    option.setAttribute("aria-pressed", String(chosen));
    option.autofocus = chosen;
  }
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(chosenPlace()), { once: true });
  });
}

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * @param {import("./place.js").Territories} all
 * @returns {HTMLDialogElement}
 */
function build(all) {
  const option = ({ slug, title, depth }) =>
    element(
      "li",
      { class: `v-chooser__item v-chooser__item--${Math.min(depth, 3)}` },
      element("button", { type: "button", "data-slug": slug, "data-title": title }, title),
    );
  const close = element("button", { type: "button", class: "v-chooser__close", "aria-label": words.close });
  const made = element(
    "dialog",
    { class: "v-chooser", "aria-labelledby": "v-chooser-title" },
    close,
    element("h2", { id: "v-chooser-title" }, words.title),
    element("p", {}, words.hint),
    element("ul", {}, ...tree(all).map(option), option({ slug: "", title: words.none, depth: 0 })),
  );
  made.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-slug]");
    if (chosen) choosePlace(chosen.dataset.slug ? { slug: chosen.dataset.slug, title: chosen.dataset.title } : null);
    if (chosen || event.target === made || event.target === close) made.close();
  });
  document.body.append(made);
  return made;
}

/**
 * Replace the header's link by the button that opens the dialog, and wake the page's links `data-v-choose`.
 * @param {HTMLAnchorElement} link
 */
export function start(link) {
  words = { ...link.dataset };
  const button = element("button", { type: "button", class: link.className, "aria-haspopup": "dialog" });
  const invitation = link.textContent;
  const show = () => {
    const place = chosenPlace();
    button.textContent = place?.title ?? invitation;
    if (place) button.setAttribute("aria-label", words.change.replace("{title}", place.title));
    else button.removeAttribute("aria-label");
  };
  button.addEventListener("click", openChooser);
  document.addEventListener(PLACE_CHANGED, show);
  document.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-v-choose]");
    if (!choice) return;
    event.preventDefault();
    if (choice.dataset.vChoose) choosePlace({ slug: choice.dataset.vChoose, title: choice.dataset.title ?? choice.textContent.trim() });
    else openChooser();
  });
  show();
  link.replaceWith(button);
}
