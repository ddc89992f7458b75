// The directory's filters: from the form and the address to the list, and back. The deciding stands in filters.js.

import { openChooser } from "./chooser.js";
import { fold, select } from "./filters.js";
import { PLACE_CHANGED, around, chosenPlace, distance, territories } from "./place.js";

/** Names of the form's fields, in the order in which they stand in the address. */
const FIELDS = ["texte", "competence", "niveau", "interet", "territoire", "langue", "offre", "proche"];

/**
 * What a list item says, read once.
 * @param {HTMLElement} item
 * @param {import("./place.js").Territories} all
 * @returns {import("./filters.js").Profile}
 */
function profile(item, all) {
  const { p: place, s: skills, i: interests, l: languages, o: offers } = item.dataset;
  const words = (text) => (text ?? "").split(" ").filter(Boolean);
  return {
    text: fold(`${item.querySelector("a").textContent} ${item.querySelector("p").textContent}`),
    skills: new Map(words(skills).map((pair) => [pair.split(":")[0], Number(pair.split(":")[1])])),
    interests: new Set(words(interests)),
    places: place in all ? around(all, place) : [place],
    languages: new Set(words(languages)),
    offers: new Set(words(offers)),
  };
}

/**
 * Fill the form from the address.
 * @param {(HTMLInputElement | HTMLSelectElement)[]} fields
 * @param {URLSearchParams} asked
 */
function restore(fields, asked) {
  for (const field of fields) {
    const values = asked.getAll(field.name);
    if (field.type === "checkbox") field.checked = values.includes(field.value);
    else if (field.type === "radio") field.checked = field.value === (values[0] ?? "");
    else field.value = values[0] ?? "";
    if (field.type === "select-one" && field.selectedIndex < 0) field.value = "";
  }
}

/**
 * The address that says what the form asks, without empty parts.
 * @param {(HTMLInputElement | HTMLSelectElement)[]} fields
 * @returns {URLSearchParams}
 */
function asked(fields) {
  const found = new URLSearchParams();
  for (const name of FIELDS) {
    for (const field of fields.filter((one) => one.name === name)) {
      const counts = field.type === "checkbox" || field.type === "radio" ? field.checked : true;
      const value = field.value.trim();
      if (counts && value) found.append(name, value);
    }
  }
  return found;
}

/**
 * Wake the directory.
 * @param {HTMLElement} box
 */
export async function start(box) {
  const form = box.querySelector("form");
  const fields = [...box.querySelectorAll("input, select")];
  const items = [...box.querySelectorAll(".v-alpha li")];
  const homes = items.map((item) => item.parentElement);
  const sections = [...box.querySelectorAll(".v-alpha")];
  const letters = box.querySelector(".v-letters");
  const flat = box.querySelector(".v-directory__flat");
  const none = box.querySelector("[data-none]");
  const count = box.querySelector("[role=status]");
  const reset = box.querySelector("[data-reset]");
  const near = fields.find((field) => field.name === "proche");
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const all = await territories().catch(() => ({}));
  const profiles = items.map((item) => profile(item, all));

  if (matchMedia("(max-width: 61.99em)").matches && !location.search) form.querySelector("details").open = false;

  /** Letters as headings, or one list with the nearest first. */
  const arrange = () => {
    const place = near.checked ? chosenPlace() : null;
    flat.hidden = !place;
    if (place) {
      const far = new Map(items.map((item) => [item, distance(all, place.slug, item.dataset.p)]));
      flat.append(...items.toSorted((one, other) => far.get(one) - far.get(other)));
    } else if (flat.children.length > 0) {
      items.forEach((item, index) => homes[index].append(item));
    }
    letters.hidden = Boolean(place);
  };

  const apply = () => {
    const values = asked(fields);
    const { kept, total, counts } = select(profiles, {
      texte: fold(values.get("texte") ?? ""),
      competence: values.get("competence") ?? "",
      niveau: Number(values.get("niveau") ?? 1),
      interet: values.get("interet") ?? "",
      territoire: values.get("territoire") ?? "",
      langue: values.get("langue") ?? "",
      offre: values.getAll("offre"),
    });
    items.forEach((item, index) => {
      if (item.hidden === kept[index]) item.hidden = !kept[index];
    });
    sections.forEach((section, index) => {
      section.hidden = section.querySelector("li:not([hidden])") === null;
      letters.querySelectorAll("li")[index].hidden = section.hidden;
    });
    for (const option of box.querySelectorAll("option[data-label]")) {
      const found = counts[option.parentElement.closest("select").name].get(option.value) ?? 0;
      option.textContent = `${option.dataset.label} (${number.format(found)})`;
      option.hidden = option.disabled = found === 0 && !option.selected;
    }
    for (const group of box.querySelectorAll("optgroup")) {
      group.hidden = group.querySelector("option:not([hidden])") === null;
    }
    for (const place of box.querySelectorAll("[data-count]")) {
      place.textContent = `(${number.format(counts.offre.get(place.dataset.count) ?? 0)})`;
    }
    count.textContent = box.dataset[plural.select(total) === "one" ? "one" : "other"].replace("{n}", number.format(total));
    none.hidden = total > 0 || items.length === 0;
    reset.hidden = ![...values.keys()].some((name) => name !== "proche");
  };

  /** Say the choice in the address; typing replaces the last entry of the history, a choice adds one. */
  const remember = (typed) => {
    const values = asked(fields).toString();
    const address = `${location.pathname}${values ? `?${values}` : ""}`;
    if (`${location.pathname}${location.search}` === address) return;
    history[typed ? "replaceState" : "pushState"](null, "", address);
  };

  const load = () => {
    restore(fields, new URLSearchParams(location.search));
    arrange();
    apply();
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("input", (event) => {
    if (event.target === near) return;
    apply();
    remember(event.target.type === "search");
  });
  near.addEventListener("change", () => {
    if (near.checked && !chosenPlace()) {
      near.checked = false;
      openChooser().then((place) => place && near.click());
      return;
    }
    arrange();
    apply();
    remember(false);
  });
  reset.addEventListener("click", () => {
    const kept = near.checked;
    restore(fields, new URLSearchParams());
    near.checked = kept;
    apply();
    remember(false);
    form.querySelector("input").focus();
  });
  document.addEventListener(PLACE_CHANGED, () => {
    arrange();
    apply();
  });
  addEventListener("popstate", load);
  // What was chosen while the territories were on their way (or was put back by the browser) is kept.
  if (!location.search && asked(fields).size > 0) {
    arrange();
    apply();
    remember(true);
  } else {
    load();
  }
}
