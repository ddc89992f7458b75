// The territory that the reader chose once, and how far territories are from each other.

import { keep, recall } from "./storage.js";

/** Event on `document` when the choice changes; its `detail` is a `Place` or null. */
export const PLACE_CHANGED = "veillee:place";

/**
 * @typedef {{slug: string, title: string}} Place
 * @typedef {{title: string, parent: string | null, url: string, near: string}} Territory
 * @typedef {Record<string, Territory>} Territories
 */

/** The site's root: this module's own address tells it, whatever the page's address has become since it came. */
export const root = new URL("../../../", import.meta.url);

/**
 * What the reader chose, or null.
 * @returns {Place | null}
 */
export function chosenPlace() {
  try {
    const place = JSON.parse(recall("place"));
    return typeof place?.slug === "string" && typeof place.title === "string" ? place : null;
  } catch {
    return null;
  }
}

/**
 * Keep a choice, and tell the page.
 * @param {Place | null} place
 */
export function choosePlace(place) {
  keep("place", place && JSON.stringify({ slug: place.slug, title: place.title }));
  document.dispatchEvent(new CustomEvent(PLACE_CHANGED, { detail: place }));
}

/** @type {Promise<Territories> | undefined} */
let loading;

/**
 * Every territory by its slug, read once a page.
 * @returns {Promise<Territories>}
 */
export function territories() {
  loading ??= fetch(new URL("territories.json", root)).then((response) => {
    if (!response.ok) throw new Error(`territories.json: ${response.status}`);
    return response.json();
  });
  return loading;
}

/**
 * A territory and those around it, the nearest first.
 * @param {Territories} all
 * @param {string} slug
 * @returns {string[]}
 */
export function around(all, slug) {
  const line = [];
  for (let at = slug; at in all && !line.includes(at); at = all[at].parent) line.push(at);
  return line;
}

/**
 * Steps between two territories in their tree: 0 for the same, 10 and more for two that share nothing.
 * @param {Territories} all
 * @param {string} one
 * @param {string} other
 * @returns {number}
 */
export function distance(all, one, other) {
  if (one === other) return 0;
  const mine = around(all, one);
  const theirs = around(all, other);
  if (mine.length === 0 || theirs.length === 0) return Infinity;
  const common = mine.find((slug) => theirs.includes(slug));
  return common === undefined ? 10 : mine.indexOf(common) + theirs.indexOf(common);
}

/**
 * Territories in the order of their tree, with their depth, by title within each.
 * @param {Territories} all
 * @returns {{slug: string, title: string, depth: number}[]}
 */
export function tree(all) {
  const below = new Map();
  for (const [slug, { parent }] of Object.entries(all)) {
    const around = parent in all ? parent : null;
    below.set(around, [...(below.get(around) ?? []), slug]);
  }
  const walk = (parent, depth) =>
    (below.get(parent) ?? []).flatMap((slug) => [
      { slug, title: all[slug].title, depth },
      ...walk(slug, depth + 1),
    ]);
  return walk(null, 0);
}
