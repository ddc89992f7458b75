// What this browser keeps so that the portal answers without a network: let in by offline.js after a first search, never
// before. One cache a build of the index holds all that was kept while that build was the last: the index, and the pages
// that were read with what they need. Two builds are kept: what leaves the portal leaves its readers' browsers too.
// docs/decisions/0026-offline-search.md says why.

const SITE = self.registration.scope;
const ROOT = `${SITE}assets/search/root.bin`;
const LOST = `${SITE}503.html`;
/** What no page may have read yet: what an unread page’s answer needs, and the search’s modules for typos, filters and phrases. */
const ALWAYS = [
  LOST,
  `${SITE}assets/stylesheets/reading.css`,
  ...["near", "page", "runs"].map((name) => `${SITE}assets/javascripts/veillee/search-${name}.js`),
];
const NAME = `veillee ${SITE} `;
const INDEX = /^assets\/search\/([0-9a-f]{10})\//;
/** A bigger index is kept by what is read of it; a bigger file of a page isn't kept. */
const MOST_BYTES = 3_000_000;
/** What its reader does next comes first. */
const PAUSE_MS = 3000;
/** Pages and what they need, of one build. */
const MOST_FILES = 400;

const bare = (url) => url.split(/[?#]/)[0];
const buildOf = (url) => INDEX.exec(url.slice(SITE.length))?.[1];

/** The names of the builds' caches, the last first. */
async function builds() {
  return (await caches.keys()).filter((name) => name.startsWith(NAME)).reverse();
}

/** A kept answer, of the last build that has it. */
async function kept(url) {
  for (const cacheName of await builds()) {
    const found = await caches.match(url, { cacheName, ignoreVary: true });
    if (found) return found;
  }
}

async function forget() {
  await Promise.all((await builds()).map((name) => caches.delete(name)));
}

/**
 * Keep what a page has read, and the whole index where it is small; when its build is a new one, only the build before
 * is kept beside it. Only here is a cache opened: a browser that was told to forget keeps nothing before this.
 */
async function gather({ urls, whole }) {
  await new Promise((done) => setTimeout(done, PAUSE_MS));
  const answer = await fetch(ROOT);
  const stream = answer.clone().body.pipeThrough(new DecompressionStream("deflate-raw"));
  const { id, bytes } = await new Response(stream).json();
  const older = (await builds()).filter((name) => name !== NAME + id);
  const cache = await caches.open(NAME + id);
  await Promise.all([cache.put(ROOT, answer), ...older.slice(1).map((name) => caches.delete(name))]);
  const wanted = new Set([...ALWAYS, ...urls.map(bare).filter((url) => url.startsWith(SITE) && !url.endsWith("/texts.bin"))]);
  const folder = `${SITE}assets/search/${id}/`;
  const all = whole && bytes <= MOST_BYTES ? await (await fetch(`${folder}files.json`)).json() : [];
  for (const name of all) wanted.add(folder + name);
  const missing = async (url) => (await cache.match(url)) ?? note(url, await fetch(url, { priority: "low" }));
  await Promise.allSettled(Array.from(wanted, missing));
}

/** Keep an answer of the network, or forget what it says to forget. */
async function note(url, answer) {
  const { status, headers } = answer;
  if (status === 401 || status === 403) return forget();
  const names = await builds();
  if (status === 404 || status === 410) {
    await Promise.all(names.map(async (name) => (await caches.open(name)).delete(url)));
  }
  const name = buildOf(url) ? NAME + buildOf(url) : names[0];
  if (status !== 200 || answer.redirected || url === ROOT || !names.includes(name)) return;
  if (!buildOf(url) && headers.get("Content-Length") > MOST_BYTES) return;
  const cache = await caches.open(name);
  const tag = headers.get("ETag");
  if (tag && tag === (await cache.match(url, { ignoreVary: true }))?.headers.get("ETag")) return;
  await cache.put(url, answer);
  const pages = (await cache.keys()).filter((request) => !buildOf(request.url));
  if (pages.length > MOST_FILES) await cache.delete(pages[0]);
}

/** A page or what it needs: the network's, or else what is kept, or else a page that says so. */
async function fresh(event, url) {
  const { request } = event;
  try {
    const answer = await fetch(request);
    event.waitUntil(note(url, answer.clone()));
    return answer;
  } catch {
    const found = await kept(url);
    if (found || request.mode !== "navigate") return found ?? Response.error();
    const lost = await kept(LOST);
    return lost ? new Response(lost.body, { status: 503, headers: lost.headers }) : Response.error();
  }
}

/** One range of a kept file, or several (RFC 9110 § 14.6). */
async function ranges(found, range) {
  const file = await found.blob();
  const parts = range.replace("bytes=", "").split(",").map((part) => part.split("-").map(Number));
  const told = ([from, to]) => `bytes ${from}-${to}/${file.size}`;
  const cut = ([from, to]) => file.slice(from, to + 1);
  if (parts.length === 1) {
    return new Response(cut(parts[0]), { status: 206, headers: { "Content-Range": told(parts[0]) } });
  }
  const body = parts.flatMap((part) => [`--part\r\nContent-Range: ${told(part)}\r\n\r\n`, cut(part), "\r\n"]);
  const headers = { "Content-Type": "multipart/byteranges; boundary=part" };
  return new Response(new Blob([...body, "--part--\r\n"]), { status: 206, headers });
}

/** A file of the index never changes: what is kept is good. Ranges are kept under their own names, as they were asked. */
async function indexed(event, url) {
  const range = event.request.headers.get("Range");
  const part = `${url}?${range}`;
  const found = await kept(url);
  if (found) return range ? ranges(found, range) : found;
  const piece = range && (await kept(part));
  if (piece) return new Response(piece.body, { status: 206, headers: piece.headers });
  const answer = await fetch(event.request);
  const copy = answer.clone();
  const isPart = copy.status === 206;
  event.waitUntil(isPart ? note(part, new Response(copy.body, { headers: copy.headers })) : note(url, copy));
  return answer;
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(gather(event.data)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = bare(request.url);
  if (request.method !== "GET" || !url.startsWith(SITE)) return;
  if (buildOf(url)) event.respondWith(indexed(event, url));
  else if (!request.headers.has("Range")) event.respondWith(fresh(event, url));
});
