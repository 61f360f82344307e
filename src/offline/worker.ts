// The service worker: keeps what was asked for, of one version of the site at a time, and answers from it. Bundled by build.ts.
import { PrecacheController } from 'workbox-precaching/PrecacheController.js';
import { PrecacheRoute } from 'workbox-precaching/PrecacheRoute.js';
import { Router } from 'workbox-routing/Router.js';
import type { FromWorker, SiteFile, SiteMap, ToWorker } from './contract.ts';

/** The parts of a service worker's global scope that are used; the DOM's types have none of them. */
interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: string, listener: (event: WorkerEvent) => void): void;
}
interface WorkerEvent extends Event {
  readonly request: Request;
  readonly data: ToWorker;
  readonly ports: readonly MessagePort[];
  waitUntil(promise: Promise<unknown>): void;
  respondWith(response: Promise<Response>): void;
}

declare const SITE_MAP: SiteMap;
const scope = globalThis as unknown as WorkerScope;
const { files, sets } = SITE_MAP;

/** Which sets are kept, over all versions: a name of a cache and of the one thing in it. */
const memory = 'noventa-kept-sets';
const memoryUrl = new URL('kept-sets.json', scope.registration.scope).href;
const cacheName = 'noventa-offline';

const absolute = ({ url, revision }: SiteFile) => ({ url: new URL(url, scope.registration.scope).href, revision });
const controller = new PrecacheController({ cacheName });
controller.addToCacheList(files.map(absolute));

async function keptSets(): Promise<readonly string[]> {
  const answer = await (await caches.open(memory)).match(memoryUrl);
  const names: unknown = answer === undefined ? [] : await answer.json().catch(() => []);
  return Array.isArray(names)
    ? names.filter((name): name is string => typeof name === 'string' && Object.hasOwn(sets, name))
    : [];
}

async function remember(names: readonly string[]): Promise<void> {
  await (await caches.open(memory)).put(memoryUrl, new Response(JSON.stringify([...new Set(names)].sort())));
}

const filesOf = (names: readonly string[]): readonly SiteFile[] =>
  [...new Set(names.flatMap((name) => sets[name] ?? []))].flatMap((index) => files[index] ?? []);

async function keysInCache(): Promise<ReadonlySet<string>> {
  return new Set((await (await caches.open(cacheName)).keys()).map(({ url }) => url));
}

const keyOf = (file: SiteFile): string => controller.getCacheKeyForURL(absolute(file).url) ?? '';

/** Fetches what is missing of these files, one after another: a train's network is not to be shared with itself. */
async function fetchAll(wanted: readonly SiteFile[], onEach: (done: number) => void): Promise<void> {
  const there = await keysInCache();
  const cache = await caches.open(cacheName);
  let done = 0;
  for (const file of wanted) {
    const key = keyOf(file);
    if (!there.has(key)) {
      const { url, revision } = absolute(file);
      // What is named after its content may come from the browser's own cache; anything else may be old there.
      const answer = await fetch(url, {
        cache: revision === null ? 'default' : 'no-cache',
        credentials: 'same-origin',
      });
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      await cache.put(key, answer);
    }
    onEach(++done);
  }
}

async function state(): Promise<FromWorker> {
  const there = await keysInCache();
  const days = Object.keys(sets).filter(
    (name) => /^(es|en)\/d\d\d$/.test(name) && filesOf([name]).every((file) => there.has(keyOf(file))),
  );
  const bytes = files.filter((file) => there.has(keyOf(file))).reduce((sum, file) => sum + file.bytes, 0);
  return { tell: 'state', days, bytes };
}

async function keep(names: readonly string[], tell: (message: FromWorker) => void): Promise<void> {
  const known = names.filter((name) => Object.hasOwn(sets, name));
  const wanted = filesOf(known);
  await remember([...(await keptSets()), ...known]);
  await fetchAll(wanted, (done) => tell({ tell: 'progress', done, files: wanted.length }));
  tell(await state());
}

scope.addEventListener('install', (event) => {
  // A new version is ready when everything that was kept is there in its form.
  event.waitUntil(keptSets().then((names) => fetchAll(filesOf(names), () => {})));
});
scope.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const current = new Set(files.map(keyOf));
      const cache = await caches.open(cacheName);
      for (const request of await cache.keys()) if (!current.has(request.url)) await cache.delete(request);
      await scope.clients.claim();
    })(),
  );
});

const router = new Router();
router.registerRoute(new PrecacheRoute(controller));
scope.addEventListener('fetch', (event) => {
  const answer = router.handleRequest({
    request: event.request,
    event: event as unknown as Parameters<Router['handleRequest']>[0]['event'],
  });
  if (answer !== undefined) event.respondWith(answer);
});

scope.addEventListener('message', (event) => {
  const [port] = event.ports;
  const tell = (message: FromWorker): void => port?.postMessage(message);
  const { data } = event;
  if (data.ask === 'takeOver') event.waitUntil(scope.skipWaiting());
  else {
    const work = data.ask === 'keep' ? keep(data.sets, tell) : state().then(tell);
    event.waitUntil(
      work.catch((error: unknown) =>
        tell({ tell: 'failed', why: error instanceof Error ? error.message : String(error) }),
      ),
    );
  }
});
