// The search itself, without interface: a query and the files of the index → ranked pages, and what they say of it.
// docs/search-index.md tells how pages are ranked.

import { parse } from "./search-query.js";
import { files, get, load } from "./search-texts.js";
import { reader } from "./search-words.js";

/** The form of the index that is read here. */
const VERSION = 3;
/** Characters of an excerpt, and of what stands before its first hit. */
const [LENGTH, BEFORE] = [180, 40];

/**
 * A word, and the terms that stand for it with their weights: empty when no page has it, null for a stop word.
 * @typedef {{word: string, terms: (import("./search-texts.js").Posting & {weight: number})[] | null, corrected?: boolean}} Group
 *
 * @typedef {{number: number, kind: string, score: number, matched: number}} Hit
 *   `matched` is how many groups the page has
 * @typedef {{query: object, count: number, hits: Hit[], groups: Group[], corrected: boolean}} Result
 * @typedef {{text: string, hit: boolean}} Part
 * @typedef {{number: number, kind: string, url: string, title: string, date: string, subtitle: string, titleParts: Part[], excerpt: Part[]}} Shown
 */

/** What is needed once a word isn't found: `search-near.js`. */
let near;

/** One build of the index, and what may be asked of it. */
function build(site, root) {
  const { term, tokens, finder } = reader(root.rules);
  const { address, kindOf, texts, slot, place, shard, dictionary, facet } = files(site, root);
  const all = (some, make) => Promise.all(some.map(make));
  /** The score that each impact stands for. */
  const worths = Array.from({ length: root.levels + 1 }, (_, impact) => root.low * 2 ** ((root.octaves * impact) / root.levels));
  const words = (text) => tokens(text).map((one) => one.word);
  const posting = async (word) => (await shard(place(word))).find((one) => one.term === word);
  const passages = (number) => [...Array(kindOf(number).passages).keys()];
  /** Whether a passage has a term; any may, when the page is of its tail. */
  const has = ({ numbers, masks, tail }, number, passage) => ((masks[numbers.indexOf(number)] ?? -!!tail) >> passage) & 1;

  /** A word and nothing else. */
  async function exact(word) {
    const own = term(word) && (await posting(term(word)));
    return { word, terms: own ? [{ ...own, weight: 1 }] : term(word) && [] };
  }

  /**
   * The terms that begin as a word, the most common first, then those that only end otherwise: in the shard of the word, or
   * of its beginning, and in the next one if that is worth a request.
   */
  async function begins(word, isWide, beginning = word) {
    const [first, last] = [beginning, `${beginning}\uffff`].map(place);
    const terms = (await all(isWide && last > first ? [first, first + 1] : [first], shard)).flat();
    terms.sort((one, other) => other.df - one.df);
    // “tablea” begins no term: “tableau” is under “tablel”.
    const isNear = ({ term }) => word[3] && term.length === word.length && term.startsWith(word.slice(0, -1));
    return [...terms.filter(({ term }) => term.startsWith(word)), ...terms.filter(isNear)];
  }

  /** A word, what it begins if it is being typed, what may have been meant if nothing has it. */
  async function group(word, isTyped, isAlone) {
    const isBegun = isTyped && word[2];
    const [{ terms }] = await Promise.all([exact(word), isBegun && shard(place(word))]);
    const found = terms ?? [];
    if (terms || isAlone) {
      const weight = found[0] ? 0.15 : 0.8;
      let typed = isBegun ? await begins(word, !found[0]) : [];
      if (isBegun && !typed[0] && !found[0]) typed = await begins(word, true, word.slice(0, -1));
      const others = typed.filter((one) => one.term !== found[0]?.term).slice(0, 64);
      // What is being typed does without tails.
      found.push(...others.map((one) => ({ ...one, weight, tail: null })));
      for (let end = word.length; isTyped && !found[0] && --end > 3 && end > word.length - 5; ) {
        const shorter = await posting(word.slice(0, end));
        if (shorter) found.push({ ...shorter, weight });
      }
    }
    if (found[0] || !terms) return { word, terms: found[0] && found };
    near = await import("./search-near.js");
    const close = (await shard(place(term(word)))).map((one) => [one.term, 32 - Math.clz32(one.df)]);
    const others = await near.nearest(term(word), close, dictionary);
    const meant = await all(others, async ([other, slips]) => ({ ...(await posting(other)), weight: 0.5 / slips }));
    return { word, terms: meant, corrected: !!meant[0] };
  }

  /** The pages that have a value of a facet that is chosen, or whose name is, or else begins as, a text. */
  async function narrowed(name, chosen = [], typed) {
    const texts = typed.filter(([other]) => other === name).map(([, text]) => text);
    if (!chosen[0] && !texts[0]) return null;
    const values = await facet(name);
    const named = (test) => values.filter((one) => [one.value, one.label].some((said) => test(words(said).join(" "))));
    const meant = texts.flatMap((text) => {
      const same = named((said) => said === text);
      return same[0] ? same : named((said) => said.startsWith(text));
    });
    const taken = values.filter((one) => meant.includes(one) || chosen.includes(one.value));
    return new Set(taken.flatMap((one) => [...one.numbers]));
  }

  /** What a group says, term by term, head and tail: pages, what it gives them, and its weight. */
  async function parts({ terms }, isWhole) {
    const each = await all(terms, async ({ weight, numbers, impacts, tail }) => {
      const some = isWhole && tail ? await tail() : [];
      return [[numbers, impacts], ...some].map((one) => [...one, weight]);
    });
    return each.flat();
  }

  /**
   * The pages that answer, and the first of them, best first; one that had to be read has the `slot` that says what was
   * sought.
   */
  async function rank({ groups, phrases, banned, allowed }, isWhole, count = 0) {
    const every = (some) => all(some.filter((one) => one.terms), (one) => parts(one, isWhole));
    const said = await every(groups);
    const [scores, given] = [new Float64Array(root.n), new Float64Array(root.n)];
    const [matches, any] = [new Uint8Array(root.n), []];
    for (const group of said) {
      const own = [];
      for (const [pages, levels, weight] of group) {
        for (let at = 0; at < pages.length; at++) {
          const page = pages[at];
          const more = weight * worths[levels[at]] - given[page];
          if (more <= 0) continue;
          if (!given[page]) own.push(page);
          given[page] += more;
          scores[page] += more;
        }
      }
      for (const page of own) {
        if (!matches[page]++) any.push(page);
        given[page] = 0;
      }
    }
    for (const page of any) scores[page] *= (matches[page] / groups.length) ** 3;
    let pages = groups[0] ? any : [...Array(root.n).keys()];
    if (allowed[0]) pages = pages.filter((page) => allowed.every((one) => one.has(page)));
    let spots = new Map();
    if (phrases[0] || banned[0]) {
      const { narrow } = await import("./search-runs.js");
      const first = (some, most) => best(some, scores, most);
      const saying = said.filter((_, at) => phrases.some((run) => run.includes(groups[at])));
      [pages, spots] = await narrow(pages, phrases, saying, banned, await all(banned, every), { first, slots, texts, finder });
    }
    const hits = best(pages, scores, count).map((number) => {
      const [kind, slot] = [kindOf(number).value, spots.get(number)];
      return { number, kind, slot, score: scores[number], matched: matches[number] };
    });
    return { pages, hits };
  }

  /** Where a page may say a run of words; its first passage, whose title may, when none does. */
  function slots(number, run) {
    const some = passages(number).filter((passage) =>
      run.every((step) => !step.terms || step.terms.some((one) => has(one, number, passage))),
    );
    return (some[0] >= 0 ? some : [0]).map((passage) => slot(number, passage));
  }

  /** The passage of a page that has most of a query. */
  function telling(number, groups) {
    const worth = passages(number).map((passage) => {
      const gives = (one) => has(one, number, passage) && one.weight * (one.impacts[one.numbers.indexOf(number)] ?? 0);
      return groups.reduce((sum, group) => sum + Math.max(0, ...group.terms.map(gives)), 0);
    });
    return slot(number, worth.indexOf(Math.max(...worth)));
  }

  return {
    root,
    address,
    dictionary,

    /**
     * @param {string} text
     * @param {{live?: boolean, filters?: Record<string, string[]>, limit?: number, offset?: number}} options
     * @returns {Promise<Result>}
     */
    async search(text, options) {
      const { live = true, filters = {}, limit = 10, offset = 0 } = options;
      const query = parse(text, root.fields, tokens);
      const last = live && query.typing ? query.words.length - 1 : -1;
      const [narrow, said, runs] = await Promise.all([
        all(["kind", ...root.facets], (name) => narrowed(name, filters[name], query.filters)),
        all(query.words, (word, at) => group(word, at === last, !last)),
        all(query.excluded, (run) => all(run, exact)),
      ]);
      const allowed = narrow.filter(Boolean);
      const groups = said.filter((one) => one.terms);
      const isSaid = (run) => run.some((one) => one.terms);
      const phrases = query.phrases.map((run) => run.map((word) => said.find((one) => one.word === word))).filter(isSaid);
      const asked = { groups, phrases, banned: runs.filter(isSaid), allowed };
      const isWhole = groups[1] || allowed[0] || runs[0] || offset + limit > root.h;
      const { pages, hits } = groups[0] || allowed[0] ? await rank(asked, isWhole, offset + limit) : { pages: [], hits: [] };
      const known = groups.flatMap((one) => one.terms.map((posting) => (isWhole ? 0 : posting.df)));
      return {
        query,
        count: Math.max(pages.length, ...known),
        hits: hits.slice(offset),
        groups: Object.assign(groups, { it: this, text, options, asked }),
        corrected: groups.some((one) => one.corrected),
      };
    },

    /**
     * What pages say of a query, each where it says most; first those that are called as what is typed, whose last word
     * may be begun only.
     * @returns {Promise<Shown[]>}
     */
    async read(hits, groups) {
      const marks = finder(groups.flatMap((one) => one.terms.map((posting) => posting.term)));
      const lines = await texts(hits.map((hit) => hit.slot ?? telling(hit.number, groups)));
      const asked = words(groups.text).join(" ");
      const isCalled = ({ title }) => {
        const name = words(title).join(" ");
        return name.startsWith(asked) && name.indexOf(" ", asked.length) < 0;
      };
      const shown = hits.map(({ number, kind }, at) => {
        const [title, path, date, subtitle, text, anchors] = lines[at];
        const found = marks(text);
        const worth = ({ start }) => {
          const around = found.filter((one) => one.start >= start && one.end < start + LENGTH - BEFORE);
          return new Set(around.map((one) => one.term)).size;
        };
        const worths = found.map(worth);
        const first = found[worths.indexOf(Math.max(...worths))]?.start;
        const from = text.lastIndexOf(" ", Math.min((first ?? 0) - BEFORE, text.length - LENGTH)) + 1;
        const piece = text.slice(from, from + LENGTH) + /^\S*/.exec(text.slice(from + LENGTH));
        const excerpt = marked(piece, found, from);
        if (from) excerpt.unshift({ text: "… ", hit: false });
        if (text[from + piece.length]) excerpt.push({ text: " …", hit: false });
        const anchor = anchors.split(" ").findLast((one) => parseInt(one) <= found.find((one) => one.start >= from)?.start);
        const url = new URL(kindOf(number).base + path, site);
        if (anchor) url.hash = anchor.replace(/\d+:/, "");
        return { number, kind, url: url.href, title, date, subtitle, excerpt, titleParts: marked(title, marks(title)) };
      });
      return shown.sort((one, other) => isCalled(other) - isCalled(one));
    },

    /** How many of all the results have each value of a facet, most first. */
    async counts({ asked }, name) {
      const found = new Set((await rank(asked, true)).pages);
      const counted = (await facet(name)).map(({ value, label, numbers }) => ({
        ...{ value, label },
        count: numbers.filter((number) => found.has(number)).length,
      }));
      return counted.filter((one) => one.count).sort((one, other) => other.count - one.count);
    },

    /** The query with the words that were meant, as the texts write them; null if nothing is to be corrected. */
    suggestion: (groups, shown) =>
      groups.some((one) => one.corrected) ? near.suggestion(groups, shown, tokens, term) : null,
  };
}

/**
 * A text in parts, those that are hits and those that aren't; it may be a piece of the text where hits were found.
 * @param {string} text
 * @param {{start: number, end: number}[]} hits
 * @param {number} [from] where the piece begins: hits beyond its ends are left out
 * @returns {Part[]}
 */
function marked(text, hits, from = 0) {
  let at = 0;
  const part = (end, hit) => ({ text: text.slice(at, (at = end)), hit });
  const inside = hits.filter(({ start, end }) => start >= from && end <= from + text.length);
  const parts = inside.flatMap(({ start, end }) => [part(start - from, false), part(end - from, true)]);
  return [...parts, part(text.length, false)].filter((part) => part.text);
}

/**
 * The first of some pages, best score first, then by number.
 * @param {number[]} pages
 * @param {Float64Array} scores by page
 * @param {number} count
 */
function best(pages, scores, count) {
  const kept = [];
  for (const page of pages) {
    if (scores[page] < scores[kept[count - 1]]) continue;
    const behind = kept.findIndex((other) => (scores[page] - scores[other] || other - page) > 0);
    kept.splice(behind < 0 ? count : behind, 0, page);
    kept.length = Math.min(kept.length, count);
  }
  return kept;
}

/**
 * Open the index of a site. Every call is answered by one build; when a file of it is gone, by the build that came.
 * @param {string | URL} site its root
 */
export async function open(site) {
  const home = new URL(site, location.href);
  const newest = async (cache) => {
    const root = JSON.parse((await load(new URL("assets/search/root.bin", home), { cache })).text());
    if (root.v !== VERSION) throw new Error(`version ${root.v}`);
    return build(home, root);
  };
  let now = await newest().catch(({ message }) => {
    throw new Error(`No search index for ${home}: ${message}`);
  });
  let last = now;

  const refresh = async () => {
    const next = await newest("no-cache").catch(() => now);
    const isNew = next.root.id !== now.root.id;
    if (isNew) now = next;
    return isNew;
  };
  /** Work on a result; when a file of its build is gone, on what the build that came says of the same query. */
  const answer = async ({ it, text, options }, work, result) => {
    try {
      return await work(result ?? (await it.search(text, options)));
    } catch (error) {
      if (it === now && !(await refresh())) throw error;
      return work(await now.search(text, options));
    }
  };

  return {
    get root() {
      return now.root;
    },
    refresh,
    search: (text, options = {}) =>
      answer({ it: now, text, options }, (result) => {
        last = result.groups.it;
        return result;
      }),
    read: (hits, groups) => answer(groups, (result) => result.groups.it.read(result.hits, result.groups), { hits, groups }),
    counts: (result, name) => answer(result.groups, ({ groups }) => groups.it.counts(groups, name), result),
    suggestion: ({ groups }, shown) => groups.it.suggestion(groups, shown),
    /** Who can help with a skill, as `helpers-N.json` has them; nobody when there is none. */
    helpers: (number) => get(last.address(`helpers-${number}.json`)).then((it) => it.json()).catch(() => []),
    /** Fetch ahead what a word that no page holds needs. */
    warm: () => Promise.all([import("./search-near.js"), now.dictionary()]),
  };
}
