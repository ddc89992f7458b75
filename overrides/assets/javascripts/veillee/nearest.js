// Lists that show first what is near the reader: `<ul data-v-nearest>` with `<li data-place="slug">`.

import { PLACE_CHANGED, chosenPlace, distance, territories } from "./place.js";

/**
 * Sort a list by nearness, the server's order kept within a place; without a choice, that order comes back.
 * @param {HTMLUListElement} list
 */
export function start(list) {
  const items = [...list.children];
  const sort = async () => {
    const place = chosenPlace();
    if (!place) {
      list.append(...items);
      return;
    }
    const all = await territories();
    const far = new Map(items.map((item) => [item, distance(all, place.slug, item.dataset.place)]));
    for (const item of items) item.toggleAttribute("data-near", far.get(item) < 10);
    list.append(...items.toSorted((one, other) => far.get(one) - far.get(other)));
  };
  document.addEventListener(PLACE_CHANGED, sort);
  sort();
}
