// Puts meetings back in their place in time, on the reader's own clock: what is over goes to the past, what is today,
// tomorrow or under way says so. A page that was built last week is still right; without this the build's order stands.
// `<div data-v-agenda data-today data-tomorrow data-now>` holds items with `data-start` and `data-end`, in ISO 8601:
// a moment with its offset, or a plain day for meetings of whole days (the last day included). An item with
// `data-agenda-drop` leaves the list once it is over: on the first page the next ones move up.

const DAY_MS = 86_400_000;

/** @param {HTMLElement} agenda */
export function start(agenda) {
  arrange(agenda, new Date());
}

/**
 * @param {HTMLElement} agenda
 * @param {Date} now
 */
export function arrange(agenda, now) {
  const past = agenda.querySelector("[data-agenda-past]");
  for (const item of agenda.querySelectorAll("[data-start]")) {
    const state = stateOf(item.dataset.start, item.dataset.end, now);
    if (state === "over" && "agendaDrop" in item.dataset) {
      item.remove();
    } else if (state === "over") {
      for (const node of agenda.querySelectorAll("[data-agenda-before]")) {
        if (item.contains(node) || !past) node.remove();
      }
      if (past && !past.contains(item)) moveToPast(item, past);
    } else if (state && agenda.dataset[state]) {
      mark(item, agenda.dataset[state], state);
    }
  }
  const coming = agenda.querySelector("[data-agenda-coming]");
  if (!coming) return;
  for (const month of coming.querySelectorAll("section")) {
    if (!month.querySelector("[data-start]")) month.remove();
  }
  coming.querySelector("[data-agenda-none]").hidden = coming.querySelector("[data-start]") !== null;
}

/**
 * Where a meeting stands: `over`, `now`, `today`, `tomorrow`, or nothing when it is further away.
 * @param {string} from
 * @param {string} to
 * @param {Date} now
 * @returns {"over" | "now" | "today" | "tomorrow" | ""}
 */
export function stateOf(from, to, now) {
  const begin = moment(from, "T00:00:00");
  const end = moment(to, "T23:59:59");
  if (end < now) return "over";
  const days = daysBetween(now, begin);
  if (days > 1) return "";
  if (begin <= now && (from.includes("T") || from !== to)) return "now";
  return days === 1 ? "tomorrow" : "today";
}

/** A plain day is taken on the reader's own clock. */
function moment(text, hours) {
  return new Date(text.includes("T") ? text : text + hours);
}

function daysBetween(one, other) {
  const day = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return (day(other) - day(one)) / DAY_MS;
}

function mark(item, words, state) {
  const badge = document.createElement("span");
  badge.className = `v-badge v-badge--${state === "tomorrow" ? "primary" : "ember"}`;
  badge.textContent = words;
  let marks = item.querySelector("[data-agenda-marks], .v-badges");
  if (!marks) {
    marks = document.createElement("p");
    marks.className = "v-badges";
    item.querySelector(".v-event__body").append(marks);
  }
  marks.prepend(badge);
}

/** Into its year, the latest first; a year that has no group yet gets one. */
function moveToPast(item, past) {
  const year = item.dataset.start.slice(0, 4);
  const list = (past.querySelector(`[data-year="${year}"]`) ?? newYear(past, year)).querySelector("ul");
  const when = moment(item.dataset.start, "T00:00:00");
  const after = [...list.children].find((other) => moment(other.dataset.start, "T00:00:00") < when);
  list.insertBefore(item, after ?? null);
  item.querySelector(".v-event")?.classList.add("v-event--past");
  past.hidden = false;
}

function newYear(past, year) {
  const group = document.createElement("section");
  group.className = "v-month";
  group.dataset.year = year;
  group.dataset.siftGroup = "";
  const name = document.createElement("h3");
  name.className = "v-month__name";
  name.textContent = year;
  const list = document.createElement("ul");
  list.className = "v-list";
  group.append(name, list);
  const after = [...past.querySelectorAll("[data-year]")].find((other) => other.dataset.year < year);
  if (after) after.before(group);
  else past.append(group);
  return group;
}
