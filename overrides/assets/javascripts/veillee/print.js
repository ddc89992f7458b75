// A button that prints the page: `<button data-v-print hidden>`. Without JavaScript the browser's own menu prints it.

/** @param {HTMLButtonElement} button */
export function start(button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
