// On every page: the service worker, what it is to keep of this visit, and the offer of a new version between steps.
import { type FromWorker, readingSet, type ToWorker } from './contract.ts';

/** Where the learner said that nothing is to be kept. */
const OFF = 'noventa-offline-off';

export const isOff = (): boolean => {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
};

/** Whether this browser, on this address, can keep pages at all. */
export const canKeep = (): boolean => 'serviceWorker' in navigator && isSecureContext;

/** Asks the worker something. @param onProgress files that are there, of all that were asked for. */
export async function ask(
  question: ToWorker,
  onProgress: (done: number, files: number) => void = () => {},
): Promise<FromWorker & { tell: 'state' | 'failed' }> {
  const { active } = await navigator.serviceWorker.ready;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.tell === 'progress') onProgress(data.done, data.files);
      else {
        port1.close();
        resolve(data);
      }
    };
    active?.postMessage(question, [port2]);
  });
}

export function switchOn(base: string): Promise<ServiceWorkerRegistration> {
  try {
    localStorage.removeItem(OFF);
  } catch {
    // Then it is on again with the next visit, too.
  }
  return navigator.serviceWorker.register(`${base}sw.js`, { scope: base });
}

/** Ends the worker and deletes all that it kept. The learner's work is elsewhere and stays. */
export async function switchOff(): Promise<void> {
  try {
    localStorage.setItem(OFF, '1');
  } catch {
    // Nothing can be stored here, so nothing was kept either.
  }
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith('noventa-')) await caches.delete(name);
}

/**
 * Listens at once, for the workbench may be opened before the page has loaded to its end; what it asks for waits for the worker.
 * @param base the site's path, ending in `/`. @param notice the element that offers a new version.
 */
export async function begin(base: string, notice: HTMLElement): Promise<void> {
  if (!canKeep() || isOff()) return;
  document.addEventListener('noventa:workbench-opened', ({ detail }: CustomEventInit<string>) => {
    if (detail !== undefined) void ask({ ask: 'keep', sets: [detail] });
  });
  // After the page: nothing of this is in a hurry.
  if (document.readyState !== 'complete')
    await new Promise((resolve) => addEventListener('load', resolve, { once: true }));
  await new Promise((resolve) => setTimeout(resolve, 500));
  const registration = await switchOn(base).catch(() => undefined);
  if (registration === undefined) return;
  const { pathname } = location;
  const path = pathname.slice(base.length).replace(/([^/])$/, '$1/');
  const [language = ''] = path.split('/');
  // The way on from here, too: the front page, the map and the progress of its language.
  const sets = [path, `${language}/`, `${language}/days/`, `${language}/progress/`].map(readingSet);
  void ask({ ask: 'keep', sets });
  offerUpdates(registration, notice);
}

/** A new version is offered while no step is under way: before the workbench is opened, and each time that a step is done. */
function offerUpdates(registration: ServiceWorkerRegistration, notice: HTMLElement): void {
  let inStep = document.querySelector('.workbench') !== null;
  const show = (): void => {
    notice.hidden = inStep || registration.waiting === null || navigator.serviceWorker.controller === null;
  };
  document.addEventListener('noventa:workbench-opened', () => {
    inStep = true;
    show();
  });
  document.addEventListener('noventa:step-done', () => {
    inStep = false;
    show();
  });
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', show));
  notice.querySelector('[data-take]')?.addEventListener('click', () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    registration.waiting?.postMessage({ ask: 'takeOver' } satisfies ToWorker);
  });
  notice.querySelector('[data-later]')?.addEventListener('click', () => {
    notice.hidden = true;
  });
  show();
}
