// Keeps a kiosk's pages on the device, for a day without a network. `KIOSK` stands above, written
// by the server: the addresses it holds for, their pages by language, and what these load.
"use strict";

const NAME = `kiosk ${KIOSK.root} ${KIOSK.assets.join(" ")}`;

async function keep(address, answer) {
  const cache = await caches.open(NAME);
  await cache.put(address, answer);
}

async function fetched(address, seconds) {
  return fetch(address, {
    credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(seconds * 1000),
  });
}

// Ours, and no sign-in page of a network that stands in the way.
const isOurs = (answer) => answer.headers.has("X-Kiosk") && [200, 410].includes(answer.status);

async function fill() {
  const cache = await caches.open(NAME);
  await cache.addAll(KIOSK.assets);
  for (const address of KIOSK.pages) {
    const answer = await fetched(address, 20);
    if (!isOurs(answer)) throw new Error(`${address} answered ${answer.status}`);
    await cache.put(address, answer);
  }
}

async function forgetOlder() {
  for (const name of await caches.keys()) {
    if (name.startsWith(`kiosk ${KIOSK.root} `) && name !== NAME) await caches.delete(name);
  }
  await self.clients.claim();
}

const known = (url) => KIOSK.pages.find((each) => each === url.pathname + url.search) || KIOSK.pages[0];

// The server's page while it can be reached and is well; else the one kept.
async function page(url) {
  const address = known(url);
  try {
    const answer = await fetched(address, 5);
    if (isOurs(answer)) {
      await keep(address, answer.clone());
      return answer;
    }
    if (answer.status < 500 && answer.status !== 429 && !answer.ok) return answer;
  } catch {
    // No network.
  }
  return (await caches.match(address)) || Response.error();
}

async function asset(request) {
  return (await caches.match(request)) || fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (KIOSK.assets.includes(url.pathname)) event.respondWith(asset(event.request));
  else if (event.request.mode === "navigate" && url.pathname === KIOSK.root) {
    event.respondWith(page(url));
  }
});
