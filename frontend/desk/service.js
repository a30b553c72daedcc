// The service worker of the desk: lets it open without a connection. It keeps public code and `site.json`, never what a call to the
// server says, and it stands for /desk/ alone: the reporter's page has none.
// scripts/finish-site.mjs fills in the names in capitals.

const CACHE = `sluis-desk-${VERSION}`;
const PAGE = "/desk/";
const SITE = "/site.json";
// Milliseconds after which what is kept is shown, rather than to wait for the network.
const PATIENCE = 4_000;

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(dropOthers()));
// A page says which script it was started by. If that is of this version, no page needs the older one any more; if not, there is a
// newer one than it knows.
addEventListener("message", ({ data, source }) => (FILES.includes(data) ? skipWaiting() : source.postMessage("newer")));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    // Every place of the desk is one page; a name with a dot is a file.
    if (/^\/desk\/[^.]*$/.test(pathname)) event.respondWith(fresh(request, PAGE));
  } else if (pathname === SITE) {
    event.respondWith(fresh(request, SITE));
  } else if (FILES.includes(pathname)) {
    event.respondWith(kept(pathname, request));
  }
});

// All files of one version or none. The page could be of another version than this script while a server is being renewed.
async function keep() {
  const page = await fetch(PAGE, { cache: "no-cache" });
  const hash = await crypto.subtle.digest("SHA-256", await page.clone().arrayBuffer());
  if (btoa(String.fromCharCode(...new Uint8Array(hash))) !== VERSION) throw new TypeError("a page of another version");
  const cache = await caches.open(CACHE);
  await cache.addAll([SITE, ...FILES]);
  await cache.put(PAGE, page);
}

async function dropOthers() {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
}

// From the network; what is kept when that does not answer in time. The page that is kept stays the one that fits the files.
async function fresh(request, place) {
  const cache = await caches.open(CACHE);
  const known = await cache.match(place, { ignoreVary: true });
  try {
    const answer = await fetch(request, known ? { signal: AbortSignal.timeout(PATIENCE) } : {});
    if (known && answer.status >= 500) return known;
    if (place === SITE && answer.ok) await cache.put(SITE, answer.clone());
    return answer;
  } catch (error) {
    if (known) return known;
    throw error;
  }
}

async function kept(place, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(place, { ignoreVary: true })) ?? fetch(request);
}
