// The button that changes between light and dark colours. `scheme.js` sets the kept choice before the page is drawn.

import { keep } from "./storage.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

/**
 * The scheme in use: the reader's choice, or the system's.
 * @returns {"light" | "dark"}
 */
function current() {
  return document.documentElement.dataset.scheme ?? (dark.matches ? "dark" : "light");
}

/**
 * Wake the button; it is hidden without JavaScript, and says what pressing it does.
 * @param {HTMLButtonElement} button
 */
export function start(button) {
  const show = () => {
    const now = current();
    button.dataset.now = now;
    const words = now === "dark" ? button.dataset.light : button.dataset.dark;
    button.setAttribute("aria-label", words);
    button.title = words;
  };
  button.addEventListener("click", () => {
    const next = current() === "dark" ? "light" : "dark";
    document.documentElement.dataset.scheme = next;
    keep("scheme", next);
    show();
  });
  dark.addEventListener("change", show);
  show();
  button.hidden = false;
}
