// What someone began to write, kept in this browser and nowhere else until it is erased.

import { keep, recall } from "./storage.js";

const NAME = "name";

/**
 * @typedef {{when: string, answers: Record<string, import("./form-sheet.js").Answer>}} Draft
 */

/**
 * The draft of a form, or null.
 * @param {string} kind
 * @returns {Draft | null}
 */
export function recallDraft(kind) {
  try {
    const draft = JSON.parse(recall(`draft.${kind}`));
    return draft && typeof draft.answers === "object" && !Number.isNaN(Date.parse(draft.when)) ? draft : null;
  } catch {
    return null;
  }
}

/**
 * Keep answers; forget the draft when there are none.
 * @param {string} kind
 * @param {Record<string, import("./form-sheet.js").Answer>} answers
 * @param {Date} now
 */
export function keepDraft(kind, answers, now) {
  const isEmpty = Object.values(answers).every((answer) => answer.length === 0);
  keep(`draft.${kind}`, isEmpty ? null : JSON.stringify({ when: now.toISOString(), answers }));
}

/** Forget a draft, and the name of who writes. */
export function eraseDraft(kind) {
  keep(`draft.${kind}`, null);
  keep(NAME, null);
}

/** The name that was last given as the writer's own, so that the next form begins with it. */
export function recallName() {
  return recall(NAME) ?? "";
}

/** @param {string} name */
export function keepName(name) {
  if (name) keep(NAME, name);
}
