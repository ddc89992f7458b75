// The unfolding menu of narrow screens works alone (`<details>`); this only closes it as people expect.

/**
 * Close on Escape, giving the focus back, and on a click elsewhere.
 * @param {HTMLDetailsElement} menu
 */
export function start(menu) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
}
