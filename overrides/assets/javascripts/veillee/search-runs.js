// What a query asks beyond words: runs of them that a page must say ("retour d'expérience") or must not (-devis). A page that
// has all words of a run is read, where the index says that it may say it.

/** How many pages are read, at most. */
const MOST_READ = 60;

/**
 * @typedef {import("./search-engine.js").Group[]} Run
 * @typedef {[number, number]} Slot first byte and size of a text
 * @typedef {[Int32Array, Uint8Array, number][]} Parts the pages that a word of a run has, first of each
 * @typedef {object} Index
 * @property {(pages: number[], most: number) => number[]} first the best of some pages
 * @property {(page: number, run: Run) => Slot[]} slots where a page may say a run
 * @property {(slots: Slot[]) => Promise<string[][]>} texts
 * @property {(terms: string[]) => (text: string) => {rank: number, term: string}[]} finder
 */

/**
 * The pages that say what they must and nothing that they mustn't.
 * @param {number[]} pages
 * @param {Run[]} phrases
 * @param {Parts[]} saying the pages of each word of the phrases
 * @param {Run[]} banned
 * @param {Parts[][]} gone the pages of each word of what is banned
 * @param {Index} index
 * @returns {Promise<[number[], Map<number, Slot | undefined>]>} also where a page that was read says what was asked
 */
export async function narrow(pages, phrases, saying, banned, gone, { first, slots, texts, finder }) {
  const set = (parts) => new Set(parts.flatMap(([some]) => [...some]));
  const needed = saying.map(set);
  const unwanted = gone.map((run) => run.map(set));
  const holds = (page) => banned.filter((_, at) => unwanted[at].every((one) => one.has(page)));
  // A single word needs no reading: who has it says it.
  const isFine = (page) => needed.every((one) => one.has(page)) && holds(page).every((run) => run[1]);
  const left = pages.filter(isFine);
  const wanted = phrases.filter((run) => run[1]);
  const runs = [...wanted, ...banned.filter((run) => run[1])];

  const doubtful = first(wanted[0] ? left : left.filter((page) => holds(page)[0]), MOST_READ);
  await texts(doubtful.flatMap((page) => runs.flatMap((run) => slots(page, run))));
  const [spots, wrong] = [new Map(), new Set()];
  for (const page of doubtful) {
    for (const run of runs) {
      const lines = await texts(slots(page, run));
      const said = slots(page, run)[lines.findIndex((some) => some.some((line) => says(line, run, finder)))];
      if (!said === wanted.includes(run)) wrong.add(page);
      if (said) spots.set(page, spots.get(page) ?? said);
    }
  }
  return [(wanted[0] ? doubtful : left).filter((page) => !wrong.has(page)), spots];
}

/** Whether a line says the terms of a run one after the other; a stop word may be any word. */
function says(line, run, finder) {
  const said = [];
  const find = finder(run.flatMap(({ terms }) => terms?.map((one) => one.term) ?? []));
  for (const one of find(line)) said[one.rank] = one.term;
  const begin = run.findIndex((step) => step.terms);
  const follows = (place) => run.every(({ terms }, at) => !terms || terms.some((one) => one.term === said[place - begin + at]));
  return said.some((_, place) => place >= begin && follows(place));
}
