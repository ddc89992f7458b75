// Narrows a list of the page by what its items carry, and keeps the choice in the address, so that it can be sent.
// A form `data-v-sift="id of the list's container"` whose `<select name="skill">` filters `data-skill="sig python"`
// of each `data-sift-item` (not counted with `data-sift-quiet`); a `data-sift-group` without a visible item hides,
// a folded `data-sift-more` opens. Words come from the form's attributes.

/** @param {HTMLFormElement} form */
export function start(form) {
  const scope = document.getElementById(form.dataset.vSift);
  if (!scope) return;
  const items = [...scope.querySelectorAll("[data-sift-item]")];
  const groups = [...scope.querySelectorAll("[data-sift-group]")];
  const selects = [...form.querySelectorAll("select")];
  const status = form.querySelector("[data-sift-status]");
  const clear = form.querySelector("button");

  const sift = () => {
    const chosen = selects.filter((select) => select.value);
    let shown = 0;
    for (const item of items) {
      item.hidden = !chosen.every(({ name, value }) => (item.dataset[name] ?? "").split(" ").includes(value));
      shown += Number(!item.hidden && !("siftQuiet" in item.dataset));
    }
    if (chosen.length > 0) for (const more of scope.querySelectorAll("[data-sift-more]")) more.open = true;
    for (const group of groups) group.hidden = !group.querySelector("[data-sift-item]:not([hidden])");
    clear.hidden = chosen.length === 0;
    status.textContent = chosen.length > 0 ? counted(form.dataset, shown) : "";
    scope.toggleAttribute("data-sifted", chosen.length > 0);
    return chosen;
  };

  readAddress(selects);
  const early = sift();
  if (early.length > 0) writeAddress(selects, early);
  form.addEventListener("change", () => writeAddress(selects, sift()));
  form.addEventListener("submit", (event) => event.preventDefault());
  clear.addEventListener("click", () => {
    for (const select of selects) select.value = "";
    writeAddress(selects, sift());
    selects[0]?.focus();
  });
}

/** Choose what the address asks; where it asks nothing that is known, what the reader chose before this script came stays. */
function readAddress(selects) {
  const asked = new URLSearchParams(location.search);
  for (const select of selects) {
    const value = asked.get(select.name);
    if ([...select.options].some((option) => option.value === value)) select.value = value;
  }
}

function writeAddress(selects, chosen) {
  const address = new URL(location.href);
  for (const { name } of selects) address.searchParams.delete(name);
  for (const { name, value } of chosen) address.searchParams.set(name, value);
  history.replaceState(history.state, "", address);
}

function counted(words, count) {
  if (count === 0) return words.none;
  const language = document.documentElement.lang || "en";
  const sentence = new Intl.PluralRules(language).select(count) === "one" ? words.one : words.other;
  return sentence.replace("{n}", new Intl.NumberFormat(language).format(count));
}
