// What this browser remembers for its reader, and nothing else: no cookie, nothing sent. A browser that refuses
// storage simply forgets.

const PREFIX = "veillee.";

/**
 * What was kept under a name.
 * @param {string} name
 * @returns {string | null}
 */
export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/**
 * Keep a text under a name; `null` forgets it.
 * @param {string} name
 * @param {string | null} text
 */
export function keep(name, text) {
  try {
    if (text === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, text);
  } catch {
    // Nothing to do: the choice lasts as long as the page.
  }
}
