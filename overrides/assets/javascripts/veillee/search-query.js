// What someone types → what is asked: words, "phrases", -exclusions, field:values. Its twin is portal/search/queries.py;
// tests/search/queries.json holds the grammar in sentences, and the cases of both twins.

const ELEMENT = /(-?)(?:([^\s:"«»“”„]+):)?(?:["«»“”„]([^"«»“”„]*)(["«»“”„]?)|([^\s"«»“”„]+))/g;

/**
 * @typedef {object} Query
 * @property {string[]} words folded, stop words and the words of phrases included
 * @property {string[][]} phrases
 * @property {string[][]} excluded runs of words, of one or more
 * @property {[string, string][]} filters a facet (or `kind`), and folded words joined by a space
 * @property {boolean} typing whether the text ends by a word that may not be whole yet
 */

/**
 * Read a query: 500 characters of it, 32 words.
 * @param {string} text
 * @param {Record<string, string>} fields what is written before a colon, folded → facet
 * @param {(text: string) => {word: string}[]} tokens
 * @returns {Query}
 */
export function parse(text, fields, tokens) {
  const query = { words: [], phrases: [], excluded: [], filters: [] };
  const asked = [...text.slice(0, 1000)].slice(0, 500).join("");
  let left = 32;
  for (const [element, minus, name = "", quoted, closed, said = quoted] of asked.matchAll(ELEMENT)) {
    const [field, words] = [name, said].map((part) => tokens(part).map(({ word }) => word));
    const facet = { __proto__: null, ...fields }[field.join(" ")];
    const isFilter = facet && !minus;
    const run = [...(facet ? [] : field), ...words].slice(0, isFilter ? 500 : left);
    if (!isFilter) left -= run.length;
    query.typing = !minus && !facet && !closed && asked.endsWith(element) && /[\p{L}\p{M}\p{N}+#]$/u.test(said);
    if (!run[0]) continue;
    if (isFilter) query.filters.push([facet, run.join(" ")]);
    else if (minus) query.excluded.push(run);
    else query.words.push(...run);
    if (closed && !minus && !name) query.phrases.push(run);
  }
  return query;
}
