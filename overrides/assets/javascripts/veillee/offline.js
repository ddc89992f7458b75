// Lets in the worker that answers without a network (sw.js at the site's root), once its reader has searched. Where the
// browser has none, or the page came without encryption, nothing happens.

const { serviceWorker: workers, connection } = navigator;

/**
 * Keep what this page has read, and the whole index with it unless the reader spares data.
 * @param {URL} root the site's
 * @param {boolean} whole
 */
export async function start(root, whole = !connection?.saveData) {
  if (!workers) return;
  await workers.register(new URL("sw.js", root));
  const { active } = await workers.ready;
  const urls = performance.getEntriesByType("resource").map(({ name }) => name);
  active.postMessage({ urls: [location.href, ...urls], whole });
}

/**
 * Forget all that was kept of this site, and let the worker go.
 * @param {URL} root
 */
export async function forget(root) {
  if (!workers) return;
  await (await workers.getRegistration(root))?.unregister();
  for (const name of await caches.keys()) if (name.startsWith(`veillee ${root} `)) await caches.delete(name);
}
