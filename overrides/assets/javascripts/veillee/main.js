// The only module that pages name. Each `data-v-…` attribute wakes the module that knows it; a page without the
// attribute never fetches the module. Words come from attributes that templates write: no sentence lives here.

/** Attribute → module, which exports `start(element)`. */
const MODULES = {
  "data-v-scheme": "./palette.js",
  "data-v-menu": "./menu.js",
  "data-v-place": "./chooser.js",
  "data-v-near": "./near.js",
  "data-v-nearest": "./nearest.js",
  "data-v-directory": "./directory.js",
  "data-v-sift": "./sift.js",
  "data-v-due": "./due.js",
  "data-v-agenda": "./agenda.js",
  "data-v-form": "./form.js",
};

for (const [attribute, path] of Object.entries(MODULES)) {
  const elements = document.querySelectorAll(`[${attribute}]`);
  if (elements.length > 0) {
    import(path).then((module) => elements.forEach((element) => module.start(element)));
  }
}
