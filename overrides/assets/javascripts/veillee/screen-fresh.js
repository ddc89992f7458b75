// What a new build of the portal brings to a screen that has been open for days. Now and then the page is asked again,
// with the styles and scripts that it stands on and the pictures that it shows; only when all of it has come whole does
// the screen take it, between two slides. Without the network, or with half an answer, what is there stays.

import { start as keep } from "./offline.js";
import { root } from "./place.js";

const EVERY_MS = 5 * 60_000;
/** Screens that were switched on together don't ask together. */
const SPREAD_MS = 60_000;
const PATIENCE_MS = 30_000;

/**
 * Look for new builds from now on.
 * @param {HTMLElement} screen
 * @returns {{take: (box: HTMLElement) => void}} `take` puts in what is new, if anything is
 */
export function watch(screen) {
  const parts = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((node) => node.href || node.src);
  let known = screen.innerHTML;
  let waiting = null;
  let mustReload = false;
  const read = new Map();
  keepAll();

  /** Remember what the page stands on, or tell whether one of it has changed. */
  async function haveChanged(cache) {
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    const urls = new Set([...parts, ...loaded.filter((name) => name.endsWith(".js") && name.startsWith(root.href))]);
    const texts = await Promise.all([...urls].map(async (url) => [url, await text(url, cache)]));
    const changed = texts.some(([url, said]) => read.has(url) && read.get(url) !== said);
    for (const [url, said] of texts) read.set(url, said);
    return changed;
  }

  async function look() {
    try {
      const found = parsed(await text(location.href, "no-cache"));
      if (!found) return;
      const changed = await haveChanged("no-cache");
      mustReload ||= changed || !sameParts(found, parts);
      if (!mustReload && found.screen.innerHTML === known) return;
      await Promise.all([...found.screen.querySelectorAll("img")].map(whole));
      known = found.screen.innerHTML;
      waiting = found.screen;
    } catch (error) {
      console.info(`${error}`);
    }
  }

  async function again() {
    await look();
    setTimeout(again, EVERY_MS + Math.random() * SPREAD_MS);
  }

  haveChanged("force-cache").catch(() => {});
  setTimeout(again, EVERY_MS);
  addEventListener("online", look);

  return {
    take(box) {
      if (!waiting) return;
      if (mustReload) {
        // Asked once more: a page that is left for a network that isn't there doesn't come back.
        text(location.href, "no-cache").then(() => location.reload(), () => {});
        return;
      }
      const next = waiting;
      waiting = null;
      for (const old of box.children) old.dataset.leaving = "yes";
      box.append(...next.querySelector("[data-screen-slides]").children);
      keepAll();
    },
  };
}

/** The page and what it needs, for a browser that starts again without the network. */
function keepAll() {
  keep(root, false).catch((error) => console.info(`${error}`));
}

/** The text at an address; throws when it doesn't come whole and well. */
async function text(url, cache) {
  const answer = await fetch(url, { cache, signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.text();
}

/** A page as a screen; nothing for another page, such as one that asks for a password. */
function parsed(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const screen = page.querySelector("[data-v-screen]");
  return screen?.querySelector("[data-screen-slide]") ? { page, screen: document.importNode(screen, true) } : null;
}

function sameParts({ page }, parts) {
  const nodes = [...page.querySelectorAll("link[rel=stylesheet], script[src]")];
  const found = nodes.map((node) => new URL(node.getAttribute("href") ?? node.getAttribute("src"), location).href);
  return found.length === parts.length && found.every((url) => parts.includes(url));
}

/** Throws when a picture can't be shown. */
function whole(picture) {
  picture.loading = "eager";
  return picture.decode();
}
