// Days left of a promise, counted on the reader's own day: a page that was built last week still says the truth.
// `<span data-v-due="2026-11-23" data-left-one="{n} day left" data-left-other="…" data-late-one data-late-other data-today>`

const DAY_MS = 86_400_000;
const TONES = { late: "v-badge--warn", today: "v-badge--ember", left: "v-badge--primary" };

/** @param {HTMLElement} badge */
export function start(badge) {
  const left = daysUntil(badge.dataset.vDue, new Date());
  if (Number.isNaN(left)) return;
  const state = left < 0 ? "late" : left === 0 ? "today" : "left";
  badge.classList.remove(...Object.values(TONES));
  badge.classList.add(TONES[state]);
  badge.textContent = state === "today" ? badge.dataset.today : counted(badge.dataset, state, Math.abs(left));
}

/**
 * Whole days from the reader's day to a day of the calendar; hours and summer time play no part.
 * @param {string} day `2026-11-23`
 * @param {Date} now
 */
export function daysUntil(day, now) {
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return (Date.parse(`${day}T00:00:00Z`) - today) / DAY_MS;
}

function counted(words, state, count) {
  const rule = new Intl.PluralRules(document.documentElement.lang || "en").select(count);
  const sentence = words[`${state}${rule === "one" ? "One" : "Other"}`];
  return sentence.replace("{n}", new Intl.NumberFormat(document.documentElement.lang || "en").format(count));
}
