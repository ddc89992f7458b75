// What was meant by a word that no page holds: the terms that the fewest slips of a finger turn into it, and the query that
// was meant.

/**
 * The three nearest terms, the most common first: one slip away from four letters on, two from eight on.
 * @param {string} term
 * @param {[string, number][]} close terms of its own shard, and how common each is
 * @param {() => Promise<[string, number][]>} far all others, asked for unless one slip is enough for a close one
 * @returns {Promise<[string, number, number][]>} terms, the slips, how common they are
 */
export async function nearest(term, close, far) {
  const most = (term.length > 3) + (term.length > 7);
  const look = (terms) =>
    terms
      .filter(([other]) => Math.abs(other.length - term.length) <= most)
      .map(([other, common]) => [other, distance(term, other), common])
      .filter(([, slips]) => slips <= most)
      .sort((one, other) => one[1] - other[1] || other[2] - one[2] || (one[0] < other[0] ? -1 : 1));
  let found = look(close);
  if (most && found[0]?.[1] !== 1) found = look([...new Map([...close, ...(await far())])]);
  return found.filter(([, slips]) => slips === found[0][1]).slice(0, 3);
}

/** Letters missing, added, wrong, or two neighbours exchanged, each once (optimal string alignment). */
export function distance(one, other) {
  const rows = [];
  for (let i = 0; i <= one.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      rows[i][j] = i
        ? Math.min(
            rows[i][j - 1] + 1,
            rows[i - 1][j] + 1,
            rows[i - 1][j - 1] + !isSame,
            isSwap ? rows[i - 2][j - 2] + 1 : i + j,
          )
        : j;
    }
  }
  return rows[one.length][other.length];
}

/**
 * A query with the words that were meant, as the texts write them.
 * @param {import("./search-engine.js").Group[] & {text: string}} groups of the query, some of them corrected
 * @param {import("./search-engine.js").Shown[]} shown
 * @param {(text: string) => import("./search-words.js").Token[]} tokens
 * @param {(word: string) => string | null} term
 * @returns {string | null} null if no text shows what was meant
 */
export function suggestion(groups, shown, tokens, term) {
  const hits = shown.flatMap(({ titleParts, excerpt }) => [...titleParts, ...excerpt]).filter((part) => part.hit);
  let [better, done] = ["", 0];
  for (const { word, start, end } of tokens(groups.text)) {
    const { terms = [] } = groups.find((one) => one.corrected && one.word === word) ?? {};
    const [meant] = terms.flatMap((one) => hits.find((part) => term(tokens(part.text)[0].word) === one.term) ?? []);
    if (!meant) continue;
    better += groups.text.slice(done, start) + meant.text.toLowerCase();
    done = end;
  }
  return done ? better + groups.text.slice(done) : null;
}
