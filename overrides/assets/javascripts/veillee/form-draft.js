// What someone began to write, kept in this browser and nowhere else until it is erased.

import { keep, recall } from "./storage.js";

const NAME = "name";
const DELAY_MS = 400;

/**
 * @typedef {{when: string, answers: Record<string, import("./form-sheet.js").Answer>}} Draft
 */

/**
 * The draft of a form, or null.
 * @param {string} kind
 * @returns {Draft | null}
 */
function recallDraft(kind) {
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
function keepDraft(kind, answers, now) {
  const isEmpty = Object.values(answers).every((answer) => answer.length === 0);
  keep(`draft.${kind}`, isEmpty ? null : JSON.stringify({ when: now.toISOString(), answers }));
}

/** Forget a draft, and the name of who writes. */
function eraseDraft(kind) {
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

/**
 * Keep what is typed, bring it back on return, and let it be erased, or put back once more.
 * @param {HTMLFormElement} form
 * @param {object} use
 * @param {string} use.kind
 * @param {() => Record<string, import("./form-sheet.js").Answer>} use.answers
 * @param {(given: Record<string, import("./form-sheet.js").Answer>) => void} use.restore
 * @param {(words: string, values?: object) => void} use.say
 * @returns {{isBack: boolean, touch: () => void}}
 */
export function startDraft(form, { kind, answers, restore, say }) {
  const back = document.querySelector("[data-form-back]");
  const [said, erase, undo] = [back.querySelector("span"), back.querySelector("[data-form-erase]"), back.querySelector("[data-form-undo]")];
  const kept = form.querySelector("[data-form-kept]");
  let timer = 0;
  const save = () => {
    clearTimeout(timer);
    timer = 0;
    keepDraft(kind, answers(), new Date());
  };
  /** The line above the form: a draft that came back, or one that was erased and may still. */
  const show = (isErased, words) => {
    said.textContent = words;
    [erase.hidden, undo.hidden] = [isErased, !isErased];
    back.hidden = false;
    kept.hidden = true;
  };
  const found = recallDraft(kind);
  if (found) {
    restore(found.answers);
    const style = { dateStyle: "long", timeStyle: "short" };
    const when = new Intl.DateTimeFormat(document.documentElement.lang, style).format(new Date(found.when));
    say("Restored", { when });
    show(false, form.dataset.sayRestored.replace("{when}", when));
  }
  let erased = {};
  for (const button of document.querySelectorAll("[data-form-erase]")) {
    button.addEventListener("click", () => {
      erased = answers();
      clearTimeout(timer);
      timer = 0;
      eraseDraft(kind);
      restore({});
      form.dispatchEvent(new CustomEvent("veillee:erased"));
      say("Erased");
      show(true, form.dataset.sayErased);
      undo.focus();
    });
  }
  undo.addEventListener("click", () => {
    restore(erased);
    save();
    back.hidden = true;
    kept.hidden = false;
    say("Undone");
    form.querySelector("input, textarea, select").focus();
  });
  addEventListener("pagehide", () => timer && save());
  return {
    isBack: found !== null,
    touch() {
      clearTimeout(timer);
      timer = setTimeout(save, DELAY_MS);
      if (!undo.hidden) back.hidden = true;
      kept.hidden = !back.hidden;
    },
  };
}
