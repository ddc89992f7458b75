// Texts to words, words to terms, by the table of rules that the index brings: the twin of portal/search/analysis.py.

/** @typedef {{word: string, rank: number, start: number, end: number}} Token a word, folded, and where it stands in a text */

/**
 * @param {{letters: Object<string, string>, stop: string, short: string, steps: string[], doubles: string}} rules
 * @returns {{fold: (text: string) => string, term: (word: string) => string | null,
 *   finder: (terms: string[]) => (text: string) => (Token & {term: string})[],
 *   tokens: (text: string, initials?: Set<string>) => Token[]}}
 */
export function reader({ letters, stop, short, steps, doubles }) {
  const stops = new Set(stop.split(" "));
  const lone = new Set(short);
  const tables = steps.map(
    (step) => new Map(Array.from(step.matchAll(/([a-z]+)(\d)([a-z]*)/g), ([, suffix, ...rule]) => [suffix, rule])),
  );

  /** Small letters without accents, compatible forms made plain. */
  const fold = (text) =>
    text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").replace(/[^\0-\x7f]/g, (c) => letters[c] ?? c);

  /** The term of a folded word; null for a stop word or a lone letter. */
  function term(word) {
    if (stops.has(word) || (word.length < 2 && !lone.has(word))) return null;
    if (!/^[a-z]{4,}$/.test(word)) return word;
    for (const table of tables) {
      for (let left = 0; left < word.length; left++) {
        const [least, ending] = table.get(word.slice(left)) ?? [];
        if (left >= least) {
          word = word.slice(0, left) + ending;
          break;
        }
      }
    }
    const last = word.at(-1);
    return word.length > 4 && last == word.at(-2) && doubles.includes(last) ? word.slice(0, -1) : word;
  }

  /**
   * The words of a text; where initials are given, only those that begin by one: rules change no first letter.
   * A word's `rank` counts all.
   */
  function tokens(text, initials) {
    const found = [];
    // A character beyond U+FFFF parts words; two spaces keep the places of what follows.
    const plain = text.replace(/[^\0-\uffff]/gu, "  ");
    const next = /[\p{L}\p{M}\p{N}]+[+#]*/gu;
    // `matchAll` takes twice the time.
    for (let match, rank = 0; (match = next.exec(plain)); ) {
      const [said] = match;
      if (initials && said < "\x7f" && !initials.has(said[0].toLowerCase())) {
        rank++;
        continue;
      }
      const isPlain = /^[\0-\x7f]*$/.test(said);
      const word = (isPlain ? said.toLowerCase() : fold(said).replace(/[^\p{L}\p{N}+#]|[^\0-\uffff]/gu, "")).slice(0, 40);
      if (/[^+#]/.test(word)) found.push({ word, rank: rank++, start: match.index, end: next.lastIndex });
    }
    return found;
  }

  /** What finds in a text the words that stand for one of some terms, and which. */
  function finder(terms) {
    const sought = new Set(terms);
    const initials = new Set(terms.map((one) => one[0]));
    return (text) => tokens(text, initials).filter((one) => sought.has((one.term = term(one.word))));
  }

  return { fold, term, finder, tokens };
}
