// Which people answer to a set of filters, and how many would for each further choice. Pure: no page here.

/**
 * @typedef {object} Profile What one list item says of a person.
 * @property {string} text name and job, folded
 * @property {Map<string, number>} skills slug → level
 * @property {Set<string>} interests
 * @property {string[]} places the territory and those around it
 * @property {Set<string>} languages
 * @property {Set<string>} offers
 */

/**
 * @typedef {object} Filters
 * @property {string} texte
 * @property {string} competence
 * @property {number} niveau the lowest level that counts, 1 when all do
 * @property {string} interet
 * @property {string} territoire
 * @property {string} langue
 * @property {string[]} offre all of them are wanted
 */

/**
 * A text without accents, ligatures or case, as names are compared.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ø/g, "o").replace(/ł/g, "l").replace(/ß/g, "ss");
}

/** The choices that a profile belongs to, by filter: what the counts count. */
const CHOICES = {
  competence: (profile, filters) =>
    [...profile.skills].filter(([, level]) => level >= filters.niveau).map(([slug]) => slug),
  interet: (profile) => profile.interests,
  territoire: (profile) => profile.places,
  langue: (profile) => profile.languages,
  offre: (profile) => profile.offers,
};

/** Whether a profile answers to one filter. */
const ANSWERS = {
  texte: (profile, { texte }) => texte.split(/\s+/).every((word) => profile.text.includes(word)),
  competence: (profile, { competence, niveau }) =>
    competence === "" || (profile.skills.get(competence) ?? 0) >= niveau,
  interet: (profile, { interet }) => interet === "" || profile.interests.has(interet),
  territoire: (profile, { territoire }) => territoire === "" || profile.places.includes(territoire),
  langue: (profile, { langue }) => langue === "" || profile.languages.has(langue),
  offre: (profile, { offre }) => offre.every((one) => profile.offers.has(one)),
};

/**
 * One pass over all profiles. A profile that answers to every filter is kept and counted under each of its choices;
 * one that fails a single filter is counted under that filter alone: choosing otherwise there would bring it back.
 * @param {Profile[]} profiles
 * @param {Filters} filters
 * @returns {{kept: boolean[], total: number, counts: Record<string, Map<string, number>>}}
 */
export function select(profiles, filters) {
  const counts = Object.fromEntries(Object.keys(CHOICES).map((name) => [name, new Map()]));
  const add = (name, profile) => {
    for (const choice of CHOICES[name](profile, filters)) {
      counts[name].set(choice, (counts[name].get(choice) ?? 0) + 1);
    }
  };
  let total = 0;
  const kept = profiles.map((profile) => {
    const failed = Object.keys(ANSWERS).filter((name) => !ANSWERS[name](profile, filters));
    if (failed.length === 0) {
      total += 1;
      Object.keys(CHOICES).forEach((name) => add(name, profile));
    } else if (failed.length === 1 && failed[0] in CHOICES) {
      add(failed[0], profile);
    }
    return failed.length === 0;
  });
  return { kept, total, counts };
}
