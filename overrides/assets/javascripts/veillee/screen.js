// The lobby's screen: slides that follow each other for days, without anyone, with or without the network. All that it
// shows stands in the page; meetings leave on this screen's own clock. screen-fresh.js brings in what a new build has.
// `<div data-v-screen data-today data-tomorrow data-now>` holds `[data-screen-slides]`, whose children are the slides.

import { stateOf } from "./agenda.js";
import { watch } from "./screen-fresh.js";

/** Meetings that are shown one by one; the others wait for their turn. */
const MOST_MEETINGS = 3;
/** Seconds to see a slide, and those that a word takes to be read. */
const LOOK_S = 6;
const WORD_S = 0.28;
const LEAST_S = 10;
const MOST_S = 24;
/** What is shown moves by a hair each minute, so that no pixel always shines. */
const SHIFTS = [[0, 0], [5, 3], [9, -2], [4, -7], [-3, -5], [-8, 0], [-5, 6], [2, 8]];
const FADE_MS = 2000;
/** What a slide may be made smaller to, and how far its parts move when it comes in. */
const LEAST_SIZE = 0.5;
const ROOM_PX = 26;

/** @param {HTMLElement} screen */
export function start(screen) {
  const box = screen.querySelector("[data-screen-slides]");
  const fresh = watch(screen);
  let shown = null;
  let stands = -1;

  function turn() {
    try {
      fresh.take(box);
      const slides = playable(box, screen.dataset);
      const at = slides.indexOf(shown);
      stands = (at < 0 ? Math.max(stands, -1) : at) + 1;
      if (stands >= slides.length) stands = 0;
      shown = slides[stands];
      show(box, shown);
      run(screen.querySelector("[data-screen-line]"), seconds(shown));
      setTimeout(turn, seconds(shown) * 1000);
    } catch (error) {
      // Whatever it was, the screen goes on.
      console.warn(error);
      setTimeout(turn, LEAST_S * 1000);
    }
  }

  document.documentElement.classList.add("is-live");
  turn();
  tick(screen);
  stayAwake();
}

/**
 * The slides that may be shown now; meetings that are over leave the page for good.
 * @param {HTMLElement} box
 * @param {DOMStringMap} words
 * @returns {HTMLElement[]}
 */
export function playable(box, words) {
  const now = new Date();
  for (const item of box.querySelectorAll("[data-start]")) {
    const state = stateOf(item.dataset.start, item.dataset.end, now);
    if (state === "over") item.remove();
    else say(item.querySelector("[data-screen-mark]"), words[state]);
  }
  for (const list of box.querySelectorAll("[data-screen-list]")) {
    const first = firsts(list.children);
    for (const item of list.children) item.hidden = !first.includes(item);
  }
  const slides = [...box.children].filter((slide) => !slide.dataset.leaving && !isEmpty(slide));
  const meetings = slides.filter(({ dataset }) => dataset.event);
  const chosen = firsts(meetings).slice(0, MOST_MEETINGS);
  return slides.filter((slide) => !meetings.includes(slide) || chosen.includes(slide));
}

/** Of a meeting that comes back, only the next time. */
function firsts(items) {
  const seen = new Set();
  return [...items].filter(({ dataset }) => !seen.has(dataset.event) && seen.add(dataset.event));
}

/** A list with one meeting, or none, says less than the meeting itself. */
function isEmpty(slide) {
  const list = slide.querySelector("[data-screen-list]");
  return list !== null && firsts(list.children).length < 2;
}

function say(mark, words) {
  if (!mark) return;
  mark.hidden = !words;
  mark.textContent = words ?? "";
}

function show(box, slide) {
  for (const other of box.children) {
    other.classList.toggle("is-shown", other === slide);
    other.inert = other !== slide;
    if (other.dataset.leaving) setTimeout(() => other.remove(), FADE_MS);
  }
  fit(slide);
}

/** Smaller by steps until nothing leaves the slide: fonts, titles and screens aren't known when the page is made. */
function fit(slide) {
  slide.style.removeProperty("--v-fit");
  for (let size = 1; size > LEAST_SIZE && overflows(slide); size -= 0.06) {
    slide.style.setProperty("--v-fit", size.toFixed(2));
  }
}

function overflows(slide) {
  const { paddingTop, paddingBottom } = getComputedStyle(slide);
  const { top, bottom } = slide.getBoundingClientRect();
  const inside = [...slide.children].map((part) => part.getBoundingClientRect());
  const first = Math.min(...inside.map((part) => part.top));
  const last = Math.max(...inside.map((part) => part.bottom));
  const isHigh = first < top + parseFloat(paddingTop) - 1 || last > bottom - parseFloat(paddingBottom) + ROOM_PX;
  return isHigh || slide.scrollWidth > slide.clientWidth;
}

/**
 * How long a slide stays: time to see it, then to read it twice as slowly as a book.
 * @param {HTMLElement} slide
 */
export function seconds(slide) {
  const words = slide.textContent.trim().split(/\s+/).length;
  return Math.round(Math.min(MOST_S, Math.max(LEAST_S, LOOK_S + words * WORD_S)));
}

/** The line at the bottom fills up while a slide stands; styles hide it from who asked for no movement. */
function run(line, lasts) {
  line.animate([{ transform: "scaleX(0)" }, { transform: "scaleX(1)" }], { duration: lasts * 1000, fill: "forwards" });
}

/** The time and the day in the portal's language, on this screen's own clock; moves the picture with each minute. */
function tick(screen) {
  const now = new Date();
  const clock = screen.querySelector("[data-screen-clock]");
  const said = (options) => new Intl.DateTimeFormat(screen.lang, options).format(now);
  clock.querySelector("time").textContent = said({ hour: "2-digit", minute: "2-digit" });
  clock.querySelector("span").textContent = said({ weekday: "long", day: "numeric", month: "long" });
  clock.hidden = false;
  const [x, y] = SHIFTS[Math.floor(now.getTime() / 60_000) % SHIFTS.length];
  screen.style.setProperty("--v-shift-x", `${x}px`);
  screen.style.setProperty("--v-shift-y", `${y}px`);
  setTimeout(() => tick(screen), 60_000 - (now.getTime() % 60_000));
}

/** Ask that the screen doesn't go dark, where the browser knows how; again each time that it comes back. */
function stayAwake() {
  const ask = () => {
    if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}
