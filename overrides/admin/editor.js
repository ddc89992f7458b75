// Starts the browser editor: our format, our widgets and our previews, then Decap with the generated configuration.

import { YAML } from "./yaml/index.js";
import { fromFile, toFile } from "./format.js";
import { incomplete } from "./groups.js";
import { registerPreviews } from "./previews.js";
import { registerWidgets } from "./widgets.js";

const { CMS } = window;
const words = JSON.parse(document.getElementById("words").textContent);
const answer = await fetch("config.yml", { credentials: "same-origin" });
const config = YAML.parse(await answer.text(), { maxAliasCount: -1 });

/** Decap's words in our language, with some of ours instead. */
function phrases(known, ours) {
  const said = structuredClone(known);
  for (const [path, words] of Object.entries(ours)) {
    const steps = path.split(".");
    const last = steps.pop();
    steps.reduce((group, step) => (group[step] ??= {}), said)[last] = words;
  }
  return said;
}

CMS.registerLocale(config.locale, phrases(CMS.getLocale(config.locale), words.phrases));
CMS.registerCustomFormat("veillee", "md", { fromFile, toFile });
registerWidgets(CMS, words);
await registerPreviews(CMS, words, config.locale);
CMS.registerEventListener({
  name: "preSave",
  handler: ({ entry }) => {
    const { fields } = config.collections.find(({ name }) => name === entry.get("collection"));
    const found = incomplete(fields, entry.get("data").toJS());
    if (found) throw new Error(words.incomplete.replace("{group}", found.group).replace("{missing}", found.missing));
  },
});
CMS.init({ config: { ...config, load_config_file: false } });
