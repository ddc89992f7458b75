// The only module that pages name. Each `data-v-…` attribute wakes the module that knows it; a page without the
// attribute never fetches the module. What appears later, a fragment or a whole new body, wakes in the same way. Words
// come from attributes that templates write: no sentence lives here.

/** Attribute → module, which exports `start(element)`. */
const MODULES = {
  "data-v-scheme": "./palette.js",
  "data-v-menu": "./menu.js",
  "data-v-search": "./search.js",
  "data-v-search-page": "./search-page.js",
  "data-v-place": "./chooser.js",
  "data-v-near": "./near.js",
  "data-v-nearest": "./nearest.js",
  "data-v-directory": "./directory.js",
  "data-v-sift": "./sift.js",
  "data-v-due": "./due.js",
  "data-v-agenda": "./agenda.js",
  "data-v-form": "./form.js",
  "data-v-screen": "./screen.js",
  "data-v-print": "./print.js",
};

const ANY = Object.keys(MODULES).map((attribute) => `[${attribute}]`).join();
const awake = new WeakSet();

/**
 * Wake an element and what it holds, each once.
 * @param {Element} scope
 */
function wake(scope) {
  for (const element of [scope, ...scope.querySelectorAll(ANY)]) {
    if (awake.has(element) || !element.matches(ANY)) continue;
    awake.add(element);
    for (const [attribute, path] of Object.entries(MODULES)) {
      if (element.hasAttribute(attribute)) import(path).then((module) => module.start(element));
    }
  }
}

wake(document.documentElement);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) if (node instanceof Element && node.isConnected) wake(node);
  }
}).observe(document.documentElement, { childList: true, subtree: true });
