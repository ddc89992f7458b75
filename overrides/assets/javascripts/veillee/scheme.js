// The colours that the reader chose, set before anything is drawn (a plain script: a module would come too late).
// Without a choice nothing is set and the system's own preference stands.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("veillee.scheme");
  } catch {
    // A browser that refuses storage keeps the system's colours.
  }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.scheme = chosen;
  document.documentElement.classList.replace("no-js", "js");
})();
