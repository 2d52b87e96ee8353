// What was read stays when there is no network: files that have a hash in their names never change, the rest is asked for anew when it
// can be. Only a site on HTTPS has this; from disk everything is there anyway.
'use strict';

const CACHE = 'book';
const HASHED = /-[0-9a-f]{8}\.\w+$/;

const kept = async request => (await caches.open(CACHE)).match(request, { ignoreSearch: true });
const keep = async (request, response) => {
  if (response.ok) await (await caches.open(CACHE)).put(request.url.replace(/[?#].*$/, ''), response.clone());
  return response;
};
const anew = async request => {
  try {
    return await keep(request, await fetch(request));
  } catch (error) {
    const old = await kept(request);
    if (old) return old;
    throw error;
  }
};

self.addEventListener('install', event => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', event => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin || request.headers.has('range')) return;
  const isHashed = HASHED.test(new URL(request.url).pathname);
  event.respondWith(isHashed ? kept(request).then(old => old ?? anew(request)) : anew(request));
});
