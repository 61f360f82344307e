// The frames of Node's own code that stand in a stack trace, and the lines of it that are shown when one of them fails. They are
// facts of the version that stands in version.ts, taken from what it prints.

/** A file and line of Node's, the line, and the column of what is marked in it. */
export interface Excerpt {
  readonly where: string;
  readonly line: string;
  readonly column: number;
}

export interface Known {
  readonly frames: readonly string[];
  readonly excerpt?: Excerpt;
  /** The line of the first frame, where `excerpt` is another: Node throws what a check of arguments found from elsewhere. '' where it knows none. */
  readonly late?: string;
  /** The program is waiting for it: what stands below is shown where it waits. */
  readonly waits?: boolean;
}

const loader = 'node:internal/modules/cjs/loader';
const compiled = [
  `Module._compile (${loader}:1929:14)`,
  `Object..js (${loader}:2060:10)`,
  `Module.load (${loader}:1651:32)`,
  `Module._load (${loader}:1443:12)`,
  `wrapModuleLoad (${loader}:261:19)`,
];
const asked = [`Module.require (${loader}:1674:12)`, 'require (node:internal/modules/helpers:157:16)'];
const started = [
  'Module.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:154:5)',
  'node:internal/main/run_main_module:33:47',
];
const evaluated = (main: readonly string[]): string[] => [
  'runScriptInThisContext (node:internal/vm:219:10)',
  'node:internal/process/execution:451:12',
  `[${main[0]}]-wrapper:6:24`,
  'runScriptInContext (node:internal/process/execution:449:60)',
  'evalFunction (node:internal/process/execution:283:30)',
  'evalTypeScript (node:internal/process/execution:295:3)',
  ...main.slice(1),
];

const typed = [
  'parseTypeScript (node:internal/modules/typescript:68:40)', // of what cannot be stripped; what is no TypeScript is told at 72:36
  'processTypeScriptCode (node:internal/modules/typescript:146:42)',
  'stripTypeScriptModuleTypes (node:internal/modules/typescript:215:22)',
];

/** What runs promise jobs when something from the network has come. */
export const resumed = 'process.processTicksAndRejections (node:internal/process/task_queues:104:5)';

/** What runs promise jobs. @param ticking 1: those that follow a tick, 2: those between two timers of the same time, 3: both */
export function jobRunners(ticking = 0): readonly string[] {
  const at = ticking & 1 ? '69:3' : '65:5';
  const between = [
    `runNextTicks (node:internal/process/task_queues:${at})`,
    'listOnTimeout (node:internal/timers:644:9)',
    roots.timer[1],
  ];
  return [...(ticking & 1 ? [resumed] : []), ...(ticking & 2 ? between : [])];
}

/** What a module leaves when a tick came before it: that of a warning. */
export const inTick = ([first, ...rest]: readonly string[]): readonly string[] => [first as string, resumed, ...rest];

/** What stands below the outermost function of a program, by what called it. */
export const roots = {
  main: [...compiled, ...started],
  required: [...compiled, ...asked],
  uncheckable: [`${loader}:1564:15`, 'node:internal/main/check_syntax:33:20'],
  /** A hook that runs when it is made. */
  hook: [
    'TestHook.runInAsyncScope (node:async_hooks:227:14)',
    'TestHook.run (node:internal/test_runner/test:1402:25)',
    'TestHook.run (node:internal/test_runner/test:1757:18)',
    'TestHook.run (node:internal/util:581:20)',
    'Test.createHook (node:internal/test_runner/test:1117:33)',
  ],
  unread: [`wrapSafe (${loader}:1861:18)`, `Module._compile (${loader}:1903:20)`, ...compiled.slice(1)],
  started,
  asked,
  typed: [...typed, `Module._compile (${loader}:1883:15)`, ...compiled.slice(1)],
  typedModule: [
    ...typed,
    'ModuleLoader.<anonymous> (node:internal/modules/esm/translators:680:29)', // of CommonJS: 671:29
    '#translate (node:internal/modules/esm/loader:438:20)',
    'afterLoad (node:internal/modules/esm/loader:506:29)',
    'ModuleLoader.loadAndTranslate (node:internal/modules/esm/loader:511:12)',
    '#getOrCreateModuleJobAfterResolve (node:internal/modules/esm/loader:564:36)',
    'afterResolve (node:internal/modules/esm/loader:611:52)',
    'ModuleLoader.getOrCreateModuleJob (node:internal/modules/esm/loader:617:12)',
  ],
  /** Of a file whose text has to tell its format. */
  typedFormat: [
    ...typed,
    'Object.getFileProtocolModuleFormat [as file:] (node:internal/modules/esm/get_format:206:26)',
    'defaultGetFormat (node:internal/modules/esm/get_format:283:36)',
    'defaultLoadSync (node:internal/modules/esm/load:161:16)',
    '#loadAndMaybeBlockOnLoaderThread (node:internal/modules/esm/loader:806:12)',
    '#loadSync (node:internal/modules/esm/loader:838:53)',
    'ModuleLoader.load (node:internal/modules/esm/loader:787:26)',
    'ModuleLoader.loadAndTranslate (node:internal/modules/esm/loader:498:31)',
  ],
  preloading: [
    `Module.require (${loader}:1674:12)`,
    `${loader}:2221:12`,
    'loadPreloadModules (node:internal/process/pre_execution:732:5)',
    'initializeModuleLoaders (node:internal/process/pre_execution:244:5)',
  ],
  checkedModule: ['checkSyntax (node:internal/main/check_syntax:84:5)'],
  checked: [`wrapSafe (${loader}:1861:18)`, 'checkSyntax (node:internal/main/check_syntax:88:3)'],
  eval: evaluated(['eval', 'node:internal/main/eval_string:71:3']),
  unreadEval: [
    'makeContextifyScript (node:internal/vm:194:14)',
    'compileScript (node:internal/process/execution:388:10)',
    'evalTypeScript (node:internal/process/execution:260:22)',
    'node:internal/main/eval_string:71:3',
  ],
  unreadInput: [
    'makeContextifyScript (node:internal/vm:194:14)',
    'compileScript (node:internal/process/execution:388:10)',
    'evalTypeScript (node:internal/process/execution:260:22)',
    'node:internal/main/eval_stdin:51:5',
    'Socket.<anonymous> (node:internal/process/execution:205:5)',
    'Socket.emit (node:events:526:24)',
    'endReadableNT (node:internal/streams/readable:1764:12)',
    'process.processTicksAndRejections (node:internal/process/task_queues:90:21)',
  ],
  stdin: evaluated([
    'stdin',
    'node:internal/main/eval_stdin:51:5',
    'Socket.<anonymous> (node:internal/process/execution:205:5)',
    'Socket.emit (node:events:526:24)',
  ]),
  evalModule: [
    'ModuleJob.run (node:internal/modules/esm/module_job:561:25)',
    'async node:internal/modules/esm/loader:223:26',
    'async ModuleLoader.executeModuleJob (node:internal/modules/esm/loader:220:20)',
    'async asyncRunEntryPointWithESMLoader (node:internal/modules/run_main:101:5)',
  ],
  module: [
    'ModuleJob.run (node:internal/modules/esm/module_job:561:25)',
    'async node:internal/modules/esm/loader:647:26',
    'async asyncRunEntryPointWithESMLoader (node:internal/modules/run_main:101:5)',
  ],
  unlinked: [
    '#asyncInstantiate (node:internal/modules/esm/module_job:455:21)',
    'async ModuleJob.run (node:internal/modules/esm/module_job:553:5)',
    'async node:internal/modules/esm/loader:647:26',
    'async asyncRunEntryPointWithESMLoader (node:internal/modules/run_main:101:5)',
  ],
  unreadModule: [
    'compileSourceTextModule (node:internal/modules/esm/utils:319:16)',
    'ModuleLoader.moduleStrategy (node:internal/modules/esm/translators:89:18)',
    '#translate (node:internal/modules/esm/loader:438:20)',
    'afterLoad (node:internal/modules/esm/loader:506:29)',
    'ModuleLoader.loadAndTranslate (node:internal/modules/esm/loader:511:12)',
    '#getOrCreateModuleJobAfterResolve (node:internal/modules/esm/loader:564:36)',
    'afterResolve (node:internal/modules/esm/loader:611:52)',
    'ModuleLoader.getOrCreateModuleJob (node:internal/modules/esm/loader:617:12)',
    'node:internal/modules/esm/loader:636:32',
    'TracingChannel.tracePromise (node:diagnostics_channel:362:14)',
  ],
  timer: ['listOnTimeout (node:internal/timers:685:17)', 'process.processTimers (node:internal/timers:618:7)'],
  immediate: ['process.processImmediate (node:internal/timers:574:21)'],
  listening: [
    'Server.wrapper (node:events:639:12)',
    'Server.emit (node:events:526:24)',
    'emitListeningNT (node:net:2423:10)',
    'process.processTicksAndRejections (node:internal/process/task_queues:89:21)',
  ],
  tick: ['process.processTicksAndRejections (node:internal/process/task_queues:85:11)'],
  request: [
    'parserOnIncoming (node:_http_server:1293:12)',
    'HTTPParser.parserOnHeadersComplete (node:_http_common:125:17)',
  ],
} as const satisfies Record<string, readonly string[]>;

const notResolved = [
  'moduleResolve (node:internal/modules/esm/resolve:879:10)',
  'defaultResolve (node:internal/modules/esm/resolve:1006:11)',
  '#cachedDefaultResolve (node:internal/modules/esm/loader:705:20)',
  '#resolveAndMaybeBlockOnLoaderThread (node:internal/modules/esm/loader:725:38)',
  'ModuleLoader.resolveSync (node:internal/modules/esm/loader:763:56)',
  '#resolve (node:internal/modules/esm/loader:687:17)',
  'ModuleLoader.getOrCreateModuleJob (node:internal/modules/esm/loader:607:35)',
];
const linking = [
  'ModuleJob.syncLink (node:internal/modules/esm/module_job:276:33)',
  'ModuleJob.link (node:internal/modules/esm/module_job:381:17)',
];
const dynamic = [
  'node:internal/modules/esm/loader:636:32',
  'TracingChannel.tracePromise (node:diagnostics_channel:362:14)',
];

const loaded = [
  '#loadAndMaybeBlockOnLoaderThread (node:internal/modules/esm/loader:806:12)',
  '#loadSync (node:internal/modules/esm/loader:838:53)',
  'ModuleLoader.load (node:internal/modules/esm/loader:787:26)',
];
const job = [
  'ModuleLoader.loadAndTranslate (node:internal/modules/esm/loader:498:31)',
  '#getOrCreateModuleJobAfterResolve (node:internal/modules/esm/loader:564:36)',
  'afterResolve (node:internal/modules/esm/loader:611:52)',
  'ModuleLoader.getOrCreateModuleJob (node:internal/modules/esm/loader:617:12)',
];
const esm = 'node:internal/modules/esm';

/** What an `import` refuses, by the code of the error: the frames down to where the loader was asked. */
const refused: Readonly<Record<string, Known>> = {
  ERR_IMPORT_ATTRIBUTE_MISSING: {
    frames: [`validateAttributes (${esm}/assert:110:15)`, `defaultLoadSync (${esm}/load:163:3)`, ...loaded, ...job],
    excerpt: {
      where: `${esm}/assert:110`,
      line: "        throw new ERR_IMPORT_ATTRIBUTE_MISSING(url, 'type', validType);",
      column: 15,
    },
  },
  ERR_UNKNOWN_FILE_EXTENSION: {
    frames: [
      `Object.getFileProtocolModuleFormat [as file:] (${esm}/get_format:243:9)`,
      `defaultGetFormat (${esm}/get_format:283:36)`,
      `defaultLoadSync (${esm}/load:161:16)`,
      ...loaded,
      ...job,
    ],
    excerpt: {
      where: `${esm}/get_format:243`,
      line: '  throw new ERR_UNKNOWN_FILE_EXTENSION(ext, filepath);',
      column: 9,
    },
  },
  ERR_UNKNOWN_BUILTIN_MODULE: {
    frames: [
      `ModuleLoader.builtinStrategy (${esm}/translators:477:11)`,
      `#translate (${esm}/loader:438:20)`,
      `afterLoad (${esm}/loader:506:29)`,
      ...job,
    ],
    excerpt: { where: `${esm}/translators:477`, line: '    throw new ERR_UNKNOWN_BUILTIN_MODULE(url);', column: 11 },
  },
  ERR_PACKAGE_IMPORT_NOT_DEFINED: {
    frames: [
      `importNotDefined (${esm}/resolve:302:10)`,
      `packageImportsResolve (${esm}/resolve:752:9)`,
      `moduleResolve (${esm}/resolve:862:16)`,
      ...notResolved.slice(1),
    ],
    excerpt: { where: `${esm}/resolve:302`, line: '  return new ERR_PACKAGE_IMPORT_NOT_DEFINED(', column: 10 },
  },
  ERR_PACKAGE_PATH_NOT_EXPORTED: {
    frames: [
      `exportsNotFound (${esm}/resolve:315:10)`,
      `packageExportsResolve (${esm}/resolve:663:9)`,
      `packageResolve (${esm}/resolve:792:12)`,
      `moduleResolve (${esm}/resolve:873:18)`,
      ...notResolved.slice(1),
    ],
    excerpt: { where: `${esm}/resolve:315`, line: '  return new ERR_PACKAGE_PATH_NOT_EXPORTED(', column: 10 },
  },
  ERR_UNSUPPORTED_DIR_IMPORT: {
    frames: [`finalizeResolution (${esm}/resolve:260:11)`, ...notResolved],
    excerpt: {
      where: `${esm}/resolve:260`,
      line: '    throw new ERR_UNSUPPORTED_DIR_IMPORT(path, basePath, String(resolved));',
      column: 11,
    },
  },
};

/** What stands below an `import` that was refused; nothing for another error. */
export function refusedImport(code: string, isDynamic: boolean): Known | undefined {
  const known = refused[code];
  if (known === undefined) return undefined;
  return {
    ...known,
    frames: [...known.frames, ...(isDynamic ? dynamic : [...linking, `new ModuleJob (${esm}/module_job:360:26)`])],
  };
}

/** A module that an `import` did not find. */
export function unresolved(isPackage: boolean, isDynamic: boolean): Known {
  const rest = isDynamic ? dynamic : linking;
  if (!isPackage) {
    return {
      frames: ['finalizeResolution (node:internal/modules/esm/resolve:272:11)', ...notResolved, ...rest],
      excerpt: {
        where: 'node:internal/modules/esm/resolve:272',
        line: '    throw new ERR_MODULE_NOT_FOUND(',
        column: 11,
      },
    };
  }
  return {
    frames: [
      'Object.getPackageJSONURL (node:internal/modules/package_json_reader:331:9)',
      'packageResolve (node:internal/modules/esm/resolve:784:25)',
      'moduleResolve (node:internal/modules/esm/resolve:873:18)',
      ...notResolved.slice(1),
      ...rest,
    ],
    excerpt: {
      where: 'node:internal/modules/package_json_reader:331',
      line: '  throw new ERR_MODULE_NOT_FOUND(packageName, fileURLToPath(base), null);',
      column: 9,
    },
  };
}

/** A module that `require` did not find, or the file with which node was started. */
export const notRequired: Known = {
  frames: [
    `Module._resolveFilename (${loader}:1564:15)`,
    `wrapResolveFilename (${loader}:1118:27)`,
    `defaultResolveImplForCJSLoading (${loader}:1142:10)`,
    `resolveForCJSWithHooks (${loader}:1169:12)`,
    `Module._load (${loader}:1341:5)`,
    `wrapModuleLoad (${loader}:261:19)`,
  ],
  excerpt: { where: `${loader}:1568`, line: '  throw err;', column: 3 },
  late: '  const err = new Error(message);',
};

/** A module that waits, for `require`. */
export const asyncRequired: Known = {
  frames: [
    'ModuleJobSync.throwIfAsyncGraph (node:internal/modules/esm/module_job:313:11)',
    'ModuleJobSync.runSync (node:internal/modules/esm/module_job:662:10)',
    'ModuleLoader.importSyncForRequire (node:internal/modules/esm/loader:347:47)',
    `loadESMFromCJS (${loader}:1747:24)`,
    `Module._compile (${loader}:1911:5)`,
    `Object..js (${loader}:2060:10)`,
    `Module.load (${loader}:1651:32)`,
    `Module._load (${loader}:1443:12)`,
    `wrapModuleLoad (${loader}:261:19)`,
    `Module.require (${loader}:1674:12)`,
  ],
  excerpt: {
    where: 'node:internal/modules/esm/module_job:313',
    line: '    throw new ERR_REQUIRE_ASYNC_MODULE(filename, parent, locations);',
    column: 5,
  },
};

/** What a package does not give to `require`. */
export const notExported: Known = {
  frames: [
    'exportsNotFound (node:internal/modules/esm/resolve:315:10)',
    'packageExportsResolve (node:internal/modules/esm/resolve:663:9)',
    `resolveExports (${loader}:754:36)`,
    `Module._findPath (${loader}:821:31)`,
    `Module._resolveFilename (${loader}:1557:27)`,
    ...notRequired.frames.slice(1),
  ],
  excerpt: { where: `${loader}:761`, line: '      throw e;', column: 7 },
};

/** Where Node throws what a check of arguments found. */
export const checkedArguments: Excerpt = { where: 'node:internal/errors:543', line: '      throw error;', column: 7 };
export const unhandledEvent: Excerpt = {
  where: 'node:events:505',
  line: "    throw er; // Unhandled 'error' event",
  column: 5,
};
const domException: Excerpt = {
  where: 'node:internal/per_context/domexception:76',
  line: '    const self = new Error();',
  column: 18,
};
const fs = (name: string, at: string, line: string): Known => {
  const [row = '', column = ''] = at.split(':');
  return {
    frames: [`Object.${name} (node:fs:${at})`],
    excerpt: { where: `node:fs:${row}`, line, column: Number(column) },
  };
};
const opened: Known = {
  frames: ['Object.openSync (node:fs:621:18)', 'Object.readFileSync (node:fs:487:35)'],
  excerpt: { where: 'node:fs:621', line: '  return binding.open(', column: 18 },
};
const promised = (frames: readonly string[], line: string): Known => {
  const [, row = '', column = ''] = /:(\d+):(\d+)\)$/.exec(frames[0] as string) ?? [];
  return {
    frames: frames.map((frame) => `async ${frame}`),
    excerpt: { where: `node:internal/fs/promises:${row}`, line, column: Number(column) },
  };
};
const promises = 'node:internal/fs/promises';
const openedLater = `open (${promises}:1345:25)`;
const openLine = '  return new FileHandle(await PromisePrototypeThen(';
const gotResult = '  const result = await PromisePrototypeThen(';

/** Functions of fs/promises that ask the system one question, and where they wait for it. */
const askedOnce = (calls: Readonly<Record<string, string>>): Readonly<Record<string, Known>> =>
  Object.fromEntries(
    Object.entries(calls).map(([name, at]) => [
      `fs/promises ${name}`,
      promised(
        [`Object.${name} (${promises}:${at})`],
        at.endsWith(':18') ? gotResult : '  return await PromisePrototypeThen(',
      ),
    ]),
  );

/** Down to where `spawnSync` hears that there is no such program. */
const spawnedSync = ['Object.spawnSync (node:internal/child_process:1160:20)', 'spawnSync (node:child_process:928:24)'];

const readline = 'node:internal/readline/interface';
const closedReadline = "      throw new ERR_USE_AFTER_CLOSE('readline');";

/** What is said of arguments: the frames, and the line of the first of them. */
const checks = (frames: readonly string[], late: string): Known => ({ frames, late, excerpt: checkedArguments });

const placeOf = (frame: string): { readonly where: string; readonly column: number } | undefined => {
  const [, where, column] = /(node:[^():]+:\d+):(\d+)\)?$/.exec(frame) ?? [];
  return where === undefined ? undefined : { where, column: Number(column) };
};

/** A line of Node's that begins with `throw`. */
const throws = (frames: readonly string[], line: string): Known => {
  const { where = '' } = placeOf(frames[0] as string) ?? {};
  return { frames, excerpt: { where, line, column: line.search(/\S/) + 1 } };
};

/** What is shown where a promise carried the error to the end of the program: the place of the first frame. */
export function lateExcerpt({ frames: [first = ''], excerpt, late }: Known): Excerpt | undefined {
  const place = placeOf(first);
  const line = late ?? (place?.where === excerpt?.where ? excerpt?.line : undefined);
  return place === undefined || line === undefined ? excerpt : { ...place, line };
}

/** What `node -p` says of a module. */
export const cannotPrint: Known = throws(
  [
    'evalTypeScriptModuleEntryPoint (node:internal/process/execution:310:11)',
    'evalTypeScript (node:internal/process/execution:253:12)',
    'node:internal/main/eval_string:71:3',
  ],
  '    throw new ERR_EVAL_ESM_CANNOT_PRINT();',
);

/** A check against a snapshot. */
const snapshotted = (name: string, at: string, above: readonly string[] = []): Known => ({
  frames: [
    ...above,
    `TestContext.${name}Assertion (node:internal/test_runner/snapshot:${at})`,
    `assert.<computed> [as ${name}] (node:internal/test_runner/test:347:18)`,
  ],
});
const snapshotFile = (name: string, at: string): string => `${name} (node:internal/test_runner/snapshot:${at})`;

/** The frames of functions of fs/promises that refuse what they are given. */
const argumentsOf = (calls: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, Known>> =>
  Object.fromEntries(
    Object.entries(calls).map(([name, frames]) => [
      `fs/promises ${name} ERR_INVALID_ARG_TYPE`,
      checks(
        frames.map((frame) => frame.replace(/ (\S+)$/, ` (${promises}:$1)`)),
        gotPath,
      ),
    ]),
  );
const path = '(node:path:';
const gotPath = '  path = getValidatedPath(path);';
const passedPath = '    getValidatedPath(path),';
const textChecked = "    validateString(path, 'path');";
const oneData = "    validateStringAfterArrayBufferView(data, 'data');";
const callbackChecked = "  validateFunction(callback, 'callback');";
const options = 'node:internal/util/parse_args/parse_args';
const optionsChecked = (first: string, line: string): Known =>
  throws([first, `${options}:377:9`, 'Array.forEach (<anonymous>)', `Object.parseArgs (${options}:374:3)`], line);

/** What waited for a time and was given up. */
export const cancelled: Known = {
  frames: [
    'Timeout.cancelListenerHandler (node:timers/promises:49:12)',
    '[nodejs.internal.kHybridDispatch] (node:internal/event_target:848:20)',
    'AbortSignal.dispatchEvent (node:internal/event_target:789:26)',
    'runAbort (node:internal/abort_controller:554:10)',
    'abortSignal (node:internal/abort_controller:518:3)',
  ],
  excerpt: {
    where: 'node:timers/promises:49',
    line: '    reject(new AbortError(undefined, { cause: signal?.reason }));',
    column: 12,
  },
};

const undici = 'node:internal/deps/undici/undici';
const fetched = [`fetch (${undici}:17857:10)`, 'fetch (node:internal/bootstrap/web/exposed-window-or-worker:83:12)'];

/** An address at which a server may not listen. */
export const refusedPort: Known = {
  frames: ['Server.setupListenHandle [as _listen2] (node:net:2328:16)', 'listenInCluster (node:net:2437:12)'],
  excerpt: {
    where: 'node:net:2328',
    line: "    const ex = new UVExceptionWithHostPort(err, 'listen', address, port);",
    column: 16,
  },
};
/** Below it, where its name was looked up before: in a tick that of a number, else that of this computer. */
export const lookedUp = {
  tick: ['node:net:2666:7', 'process.processTicksAndRejections (node:internal/process/task_queues:90:21)'],
  name: [
    'GetAddrInfoReqWrap.callback (node:net:2666:7)',
    'GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:135:8)',
  ],
};

/** Functions that fail: the frames of Node's between the program's call and the error. */
export const failing: Readonly<Record<string, Known>> = {
  'fs readFileSync': opened,
  'fs readFileSync readUtf8': fs(
    'readFileSync',
    '483:20',
    '    return binding.readFileUtf8(path, stringToFlags(options.flag));',
  ),
  'fs readFileSync readUtf8 EISDIR': fs(
    'readFileSync',
    '483:20',
    '    return binding.readFileUtf8(path, stringToFlags(options.flag));',
  ),
  'fs readFileSync EISDIR': {
    frames: [
      'Object.readSync (node:fs:797:18)',
      'tryReadSync (node:fs:426:20)',
      'Object.readFileSync (node:fs:529:19)',
    ],
    excerpt: { where: 'node:fs:797', line: '  return binding.read(fd, buffer, offset, length, position);', column: 18 },
  },
  'fs openSync': { ...opened, frames: opened.frames.slice(0, 1) },
  'fs writeFileSync': fs('writeFileSync', '2482:20', '    return binding.writeFileUtf8('),
  'fs appendFileSync': {
    ...fs('writeFileSync', '2482:20', '    return binding.writeFileUtf8('),
    frames: ['Object.writeFileSync (node:fs:2482:20)', 'Object.appendFileSync (node:fs:2564:6)'],
  },
  'fs readdirSync descending': {
    frames: ['read (node:fs:1535:35)', 'readdirSyncRecursive (node:fs:1553:5)', 'Object.readdirSync (node:fs:1627:12)'],
    excerpt: { where: 'node:fs:1535', line: '    const readdirResult = binding.readdir(', column: 35 },
  },
  'fs closeSync': fs('closeSync', '578:11', '  binding.close(fd);'),
  ...Object.fromEntries(
    [
      ['writeFileSync', '2463:13'],
      ['readFileSync', '474:13'],
    ].map(([name, at]) => [
      `fs ${name} ERR_INVALID_ARG_VALUE`,
      throws(
        [
          'assertEncoding (node:internal/fs/utils:157:11)',
          'getOptions (node:internal/fs/utils:333:5)',
          `Object.${name} (node:fs:${at})`,
        ],
        "    throw new ERR_INVALID_ARG_VALUE('encoding', encoding, reason);",
      ),
    ]),
  ),
  'fs writeFileSync opening': {
    ...opened,
    frames: ['Object.openSync (node:fs:621:18)', 'Object.writeFileSync (node:fs:2496:35)'],
  },
  'fs appendFileSync opening': {
    ...opened,
    frames: [
      'Object.openSync (node:fs:621:18)',
      'Object.writeFileSync (node:fs:2496:35)',
      'Object.appendFileSync (node:fs:2564:6)',
    ],
  },
  'fs readFileSync ERR_INVALID_ARG_TYPE': checks(
    ['Object.openSync (node:fs:622:5)', 'Object.readFileSync (node:fs:487:35)'],
    passedPath,
  ),
  'fs readFileSync readUtf8 ERR_INVALID_ARG_TYPE': checks(['Object.readFileSync (node:fs:481:14)'], `    ${gotPath}`),
  'fs writeFileSync ERR_INVALID_ARG_TYPE': checks(['Object.writeFileSync (node:fs:2491:5)'], oneData),
  'fs appendFileSync ERR_INVALID_ARG_TYPE': checks(
    ['Object.writeFileSync (node:fs:2491:5)', 'Object.appendFileSync (node:fs:2564:6)'],
    oneData,
  ),
  'fs readdirSync ERR_INVALID_ARG_TYPE': checks(['Object.readdirSync (node:fs:1621:10)'], gotPath),
  'fs mkdirSync ERR_INVALID_ARG_TYPE': checks(['Object.mkdirSync (node:fs:1411:5)'], passedPath),
  'fs statSync ERR_INVALID_ARG_TYPE': checks(['Object.statSync (node:fs:1795:5)'], passedPath),
  'fs unlinkSync ERR_INVALID_ARG_TYPE': checks(
    ['Object.unlinkSync (node:fs:2000:18)'],
    '  binding.unlink(getValidatedPath(path));',
  ),
  'fs readFile': checks(['Object.readFile (node:fs:360:3)'], "  validateFunction(callback, 'cb');"),
  'fs createReadStream': checks(
    ['new ReadStream (node:internal/fs/streams:217:5)', 'Object.createReadStream (node:fs:3274:10)'],
    '    validatePath(this.path);',
  ),
  'fs readlinkSync': fs(
    'readlinkSync',
    '1839:18',
    '  return binding.readlink(getValidatedPath(path), options.encoding);',
  ),
  'fs symlinkSync': fs('symlinkSync', '1937:11', '  binding.symlink('),
  'fs chmodSync': fs('chmodSync', '2110:11', '  binding.chmod(path, mode);'),
  'fs truncateSync': {
    ...opened,
    frames: ['Object.openSync (node:fs:621:18)', 'Object.truncateSync (node:fs:1120:17)'],
  },
  'fs cpSync': {
    frames: ['cpSyncFn (node:internal/fs/cp/cp-sync:56:13)', 'Object.cpSync (node:fs:3242:3)'],
    excerpt: {
      where: 'node:internal/fs/cp/cp-sync:56',
      line: '  fsBinding.cpSyncCheckPaths(src, dest, opts.dereference, opts.recursive);',
      column: 13,
    },
  },
  'fs realpathSync': fs(
    'realpathSync',
    '2862:29',
    '      const stats = binding.lstat(base, true, undefined, true /* throwIfNoEntry */);',
  ),
  'fs lstatSync': fs('lstatSync', '1770:25', '  const stats = binding.lstat('),
  'fs linkSync': fs('linkSync', '1975:11', '  binding.link('),
  'fs chownSync': fs('chownSync', '2216:11', '  binding.chown(path, uid, gid);'),
  'fs utimesSync': fs('utimesSync', '2251:11', '  binding.utimes('),
  'fs mkdtempSync': fs('mkdtempSync', '3134:18', '  return binding.mkdtemp(prefix, options.encoding);'),
  'fs readdirSync': fs('readdirSync', '1630:26', '  const result = binding.readdir('),
  'fs mkdirSync': fs('mkdirSync', '1410:26', '  const result = binding.mkdir('),
  'fs statSync': fs('statSync', '1794:25', '  const stats = binding.stat('),
  'fs unlinkSync': fs('unlinkSync', '2000:11', '  binding.unlink(getValidatedPath(path));'),
  'fs copyFileSync': fs('copyFileSync', '3200:11', '  binding.copyFile('),
  'fs renameSync': fs('renameSync', '1073:11', '  binding.rename('),
  'fs rmdirSync': fs('rmdirSync', '1236:11', '  binding.rmdir(path);'),
  'fs rmSync': checks(
    ['Object.rmSync (node:fs:1281:16)'],
    '  const opts = validateRmOptionsSync(path, options, false);',
  ),
  'fs accessSync': fs('accessSync', '244:11', '  binding.access(getValidatedPath(path), mode);'),
  'fs/promises readFile': promised([openedLater, `Object.readFile (${promises}:1996:14)`], openLine),
  'fs/promises writeFile': promised([openedLater, `Object.writeFile (${promises}:1965:14)`], openLine),
  'fs/promises appendFile': promised([openedLater, `Object.writeFile (${promises}:1965:14)`], openLine),
  'fs/promises open': promised([openedLater], openLine),
  ...argumentsOf({
    access: ['Object.access 1313:20'],
    appendFile: ['writeFile 1955:5', 'Object.appendFile 1983:10'],
    copyFile: ['Object.copyFile 1330:7'],
    mkdir: ['Object.mkdir 1561:10'],
    open: ['Object.open 1342:10'],
    readFile: ['open 1342:10', 'Object.readFile 1996:20'],
    readdir: ['Object.readdir 1657:10'],
    rename: ['Object.rename 1489:13'],
    rm: ['Object.rm 1513:10'],
    stat: ['Object.stat 1744:18'],
    unlink: ['Object.unlink 1776:20'],
    writeFile: ['Object.writeFile 1955:5'],
  }),
  'fs/promises writeFile path': checks(
    [`open (${promises}:1342:10)`, `Object.writeFile (${promises}:1965:20)`],
    gotPath,
  ),
  ...askedOnce({
    access: '1312:10',
    chmod: '1797:10',
    chown: '1840:10',
    copyFile: '1327:10',
    link: '1767:10',
    lstat: '1734:18',
    mkdir: '1564:10',
    mkdtemp: '1902:10',
    readdir: '1661:18',
    readlink: '1679:10',
    realpath: '1889:10',
    rename: '1490:10',
    rmdir: '1530:10',
    stat: '1743:18',
    symlink: '1707:10',
    unlink: '1775:10',
    utimes: '1849:10',
  }),
  'fs/promises cp': promised(
    [
      `lstat (${promises}:1734:18)`,
      'Promise.all (index 0)',
      'checkPaths (node:internal/fs/cp/cp:77:39)',
      'cpFn (node:internal/fs/cp/cp:66:17)',
    ],
    gotResult,
  ),
  'fs/promises cp ERR_FS_EISDIR': {
    frames: ['getStatsForCopy (node:internal/fs/cp/cp:201:11)'],
    waits: true,
    excerpt: { where: 'node:internal/fs/cp/cp:201', line: '    throw new ERR_FS_EISDIR({', column: 11 },
  },
  'fs/promises truncate': promised([openedLater, `Object.truncate (${promises}:1498:14)`], openLine),
  'url URL': {
    frames: ['new URL (node:internal/url:895:25)'],
    excerpt: { where: 'node:internal/url:895', line: '      href = bindingUrl.parse(input, base, true);', column: 25 },
  },
  'buffer from': throws(['Buffer.from (node:buffer:364:9)'], '  throw new ERR_INVALID_ARG_TYPE('),
  'buffer alloc': checks(['Buffer.alloc (node:buffer:441:3)'], "  validateNumber(size, 'size', 0, kMaxLength);"),
  'buffer concat': checks(['Buffer.concat (node:buffer:629:3)'], "  validateArray(list, 'list');"),
  'buffer from ERR_UNKNOWN_ENCODING': throws(
    ['fromString (node:buffer:536:13)', 'Buffer.from (node:buffer:339:12)'],
    '      throw new ERR_UNKNOWN_ENCODING(encoding);',
  ),
  'child_process execSync ERR_INVALID_ARG_TYPE': checks(
    ['normalizeExecArgs (node:child_process:192:3)', 'Object.execSync (node:child_process:1006:16)'],
    "  validateString(command, 'command');",
  ),
  'child_process exec': checks(
    ['normalizeExecArgs (node:child_process:192:3)', 'Object.exec (node:child_process:235:16)'],
    "  validateString(command, 'command');",
  ),
  'child_process spawn': checks(
    ['normalizeSpawnArguments (node:child_process:585:3)', 'Object.spawn (node:child_process:806:13)'],
    "  validateString(file, 'file');",
  ),
  'child_process execSync': {
    frames: [
      'genericNodeError (node:internal/errors:986:15)',
      'wrappedFn (node:internal/errors:540:14)',
      'checkExecSyncError (node:child_process:942:11)',
      'Object.execSync (node:child_process:1014:15)',
    ],
    excerpt: { where: 'node:child_process:1017', line: '    throw err;', column: 5 },
    late: '  const err = new Error(message);',
  },
  'child_process execFileSync': {
    frames: [
      'genericNodeError (node:internal/errors:986:15)',
      'wrappedFn (node:internal/errors:540:14)',
      'checkExecSyncError (node:child_process:942:11)',
      'Object.execFileSync (node:child_process:978:15)',
    ],
    excerpt: { where: 'node:child_process:981', line: '    throw err;', column: 5 },
    late: '  const err = new Error(message);',
  },
  // Node's own C++ throws it, without a frame.
  'crypto timingSafeEqual ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH': { frames: [] },
  'child_process spawnSync': { frames: spawnedSync },
  'child_process execFileSync ENOENT': {
    frames: [...spawnedSync, 'Object.execFileSync (node:child_process:971:15)'],
    excerpt: { where: 'node:child_process:981', line: '    throw err;', column: 5 },
    late: "    result.error = new ErrnoException(result.error, 'spawnSync ' + options.file);",
  },
  'events emit': {
    frames: ['getUnhandledErrorException (node:events:477:15)', 'EventEmitter.emit (node:events:502:16)'],
    excerpt: unhandledEvent,
  },
  'events on': {
    frames: [
      'checkListener (node:events:266:3)',
      '_addListener (node:events:550:3)',
      'EventEmitter.addListener (node:events:616:10)',
    ],
    excerpt: checkedArguments,
    late: "  validateFunction(listener, 'listener');",
  },
  'internal/timers setTimeout': checks(['setTimeout (node:timers:124:3)'], callbackChecked),
  'internal/timers setInterval': checks(['setInterval (node:timers:168:3)'], callbackChecked),
  'internal/timers setImmediate': checks(['setImmediate (node:timers:216:3)'], callbackChecked),
  'internal/timers nextTick': checks(['process.nextTick (node:internal/process/task_queues:114:3)'], callbackChecked),
  'util promisify': checks(
    ['Object.promisify (node:internal/util:460:3)'],
    "  validateFunction(original, 'original');",
  ),
  'util parseArgs': optionsChecked(
    `checkOptionUsage (${options}:102:13)`,
    '      throw new ERR_PARSE_ARGS_UNKNOWN_OPTION(',
  ),
  'util parseArgs ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL': throws(
    [`${options}:383:15`, 'Array.forEach (<anonymous>)', `Object.parseArgs (${options}:374:3)`],
    '        throw new ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL(token.value);',
  ),
  'util parseArgs takes none': optionsChecked(
    `checkOptionUsage (${options}:115:11)`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of Node's own
    "    throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shortAndLong}' does not take an argument`);",
  ),
  'util parseArgs lacks one': optionsChecked(
    `checkOptionUsage (${options}:111:11)`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of Node's own
    "    throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shortAndLong} <value>' argument missing`);",
  ),
  'util parseArgs ambiguous': throws(
    [
      `checkOptionLikeValue (${options}:82:11)`,
      `${options}:378:9`,
      'Array.forEach (<anonymous>)',
      `Object.parseArgs (${options}:374:3)`,
    ],
    '    throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(errorMessage);',
  ),
  'internal/events abort ABORT_ERR': {
    ...cancelled,
    frames: [...cancelled.frames, 'AbortController.abort (node:internal/abort_controller:573:5)'],
  },
  'timers/promises setTimeout': throws(
    ['setTimeout (node:timers/promises:75:26)'],
    '    return PromiseReject(new AbortError(undefined, { cause: signal.reason }));',
  ),
  'internal/events aborting': {
    excerpt: domException,
    frames: [
      'new DOMException (node:internal/per_context/domexception:76:18)',
      'AbortSignal.abort (node:internal/abort_controller:289:14)',
    ],
  },
  'internal/events abort': {
    excerpt: domException,
    frames: [
      'new DOMException (node:internal/per_context/domexception:76:18)',
      'AbortController.abort (node:internal/abort_controller:572:18)',
    ],
  },
  'path join': checks([`Object.join ${path}1339:7)`], "      validateString(arg, 'path');"),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of Node's own
  'path resolve': checks([`Object.resolve ${path}1257:7)`], '      validateString(path, `paths[${i}]`);'),
  'path basename': checks([`Object.basename ${path}1475:5)`], textChecked),
  'path dirname': checks([`Object.dirname ${path}1442:5)`], textChecked),
  'path extname': checks([`Object.extname ${path}1552:5)`], textChecked),
  ...Object.fromEntries(
    ['gunzipSync', 'inflateSync', 'inflateRawSync', 'unzipSync'].map((name) => [
      `zlib ${name}`,
      {
        frames: [
          'genericNodeError (node:internal/errors:986:15)',
          'wrappedFn (node:internal/errors:540:14)',
          'Zlib.zlibOnError [as onerror] (node:zlib:193:17)',
          'processChunkSync (node:zlib:438:12)',
          'zlibBufferSync (node:zlib:182:12)',
          `Object.syncBufferWrapper [as ${name}] (node:zlib:811:14)`,
        ],
        excerpt: { where: 'node:zlib:448', line: '      throw self[kError];', column: 7 },
        late: '',
      },
    ]),
  ),
  'crypto createHash': {
    frames: ['new Hash (node:internal/crypto/hash:114:19)', 'Object.createHash (node:crypto:146:10)'],
    excerpt: {
      where: 'node:internal/crypto/hash:114',
      line: '  this[kHandle] = new _Hash(algorithm, xofLen, algorithmId, getHashCache());',
      column: 19,
    },
  },
  'crypto createHash ERR_INVALID_ARG_TYPE': checks(
    ['new Hash (node:internal/crypto/hash:103:5)', 'Object.createHash (node:crypto:146:10)'],
    "    validateString(algorithm, 'algorithm');",
  ),
  'crypto createHmac': throws(
    [
      'prepareSecretKey (node:internal/crypto/keys:737:11)',
      'new Hmac (node:internal/crypto/hash:180:9)',
      'Object.createHmac (node:crypto:170:10)',
    ],
    '    throw new ERR_INVALID_ARG_TYPE(',
  ),
  'crypto update': throws(['Hash.update (node:internal/crypto/hash:154:11)'], '    throw new ERR_INVALID_ARG_TYPE('),
  'crypto digest': throws(
    ['Hash.digest (node:internal/crypto/hash:167:11)'],
    '    throw new ERR_CRYPTO_HASH_FINALIZED();',
  ),
  'url fileURLToPath': throws(
    ['fileURLToPath (node:internal/url:1647:11)'],
    "    throw new ERR_INVALID_URL_SCHEME('file');",
  ),
  'internal/clone structuredClone': {
    frames: [
      'new DOMException (node:internal/per_context/domexception:76:18)',
      'structuredClone (node:internal/worker/js_transferable:127:26)',
    ],
    excerpt: {
      where: 'node:internal/worker/js_transferable:127',
      line: '  const serializedData = nativeStructuredClone(value, idlOptions);',
      column: 26,
    },
  },
  'buffer atob': throws(
    ['atob (node:buffer:1416:13)'],
    "      throw lazyDOMException('Invalid character', 'InvalidCharacterError');",
  ),
  'readline prompt': throws(
    [`Interface.resume (${readline}:588:13)`, `Interface.prompt (${readline}:439:27)`],
    closedReadline,
  ),
  'readline resume': throws([`Interface.resume (${readline}:588:13)`], closedReadline),
  'readline pause': throws([`Interface.pause (${readline}:573:13)`], closedReadline),
  'readline write': throws([`Interface.write (${readline}:611:13)`], closedReadline),
  'readline question': throws(
    [`[kQuestion] (${readline}:450:13)`, 'Interface.question (node:readline:160:20)'],
    closedReadline,
  ),
  'process loadEnvFile': {
    frames: ['process.loadEnvFile (node:internal/process/per_thread:360:7)'],
    excerpt: { where: 'node:internal/process/per_thread:360', line: '      _loadEnvFile(path);', column: 7 },
  },
  'process chdir': {
    frames: ['process.wrappedChdir [as chdir] (node:internal/bootstrap/switches/does_own_process_state:128:14)'],
    excerpt: {
      where: 'node:internal/bootstrap/switches/does_own_process_state:128',
      line: '  rawMethods.chdir(directory);',
      column: 14,
    },
  },
  'process set exitCode': {
    frames: ['process.set [as exitCode] (node:internal/bootstrap/node:119:9)'],
    excerpt: checkedArguments,
    late: "        validateInteger(value, 'code');",
  },
  'process exit': {
    frames: [
      'process.set [as exitCode] (node:internal/bootstrap/node:119:9)',
      'process.exit (node:internal/process/per_thread:231:24)',
    ],
    excerpt: checkedArguments,
    late: "        validateInteger(value, 'code');",
  },
  'internal/test/snapshot snapshot': snapshotted('snapshot', '207:9'),
  'internal/test/snapshot snapshot ERR_INVALID_STATE': snapshotted('snapshot', '207:41', [
    snapshotFile('SnapshotFile.getSnapshot', '70:19'),
  ]),
  'internal/test/snapshot read': snapshotted('snapshot', '206:22', [
    snapshotFile('throwReadError', '253:17'),
    snapshotFile('SnapshotFile.readFile', '114:7'),
  ]),
  'internal/test/snapshot read ENOENT': snapshotted('snapshot', '206:22', [
    'readFileSync (node:fs:483:20)',
    snapshotFile('SnapshotFile.readFile', '97:22'),
  ]),
  'internal/test/snapshot fileSnapshot': snapshotted('fileSnapshot', '240:9'),
  'process kill': {
    frames: ['process.kill (node:internal/process/per_thread:277:13)'],
    excerpt: {
      where: 'node:internal/process/per_thread:277',
      line: "      throw new ErrnoException(err, 'kill');",
      column: 7,
    },
  },
  ...Object.fromEntries(
    ['http', 'net'].flatMap((name) => [
      [
        `${name} listen ERR_SOCKET_BAD_PORT`,
        checks(['Server.listen (node:net:2551:5)'], "    validatePort(options.port, 'options.port');"),
      ],
      [`${name} listen`, { ...refusedPort, frames: [...refusedPort.frames, 'Server.listen (node:net:2562:7)'] }],
    ]),
  ),
  'internal/fetch fetch': {
    frames: [
      `makeNetworkError (${undici}:11841:35)`,
      `mainFetch (${undici}:13224:22)`,
      `fetching (${undici}:13211:7)`,
      `fetch (${undici}:13075:20)`,
      ...fetched,
    ],
  },
  'internal/fetch fetch ERR_INVALID_URL': {
    frames: [
      'new URL (node:internal/url:895:25)',
      `new Request (${undici}:12107:25)`,
      `fetch (${undici}:13032:25)`,
      ...fetched,
    ],
  },
  'http setHeader': {
    frames: ['ServerResponse.setHeader (node:_http_outgoing:684:11)'],
    excerpt: { where: 'node:_http_outgoing:684', line: "    throw new ERR_HTTP_HEADERS_SENT('set');", column: 5 },
  },
};

/** What assert's functions throw has no frame of Node's, only a line of it. */
export const assertions: Readonly<Record<string, Excerpt>> = {
  '==': { where: 'node:internal/assert/utils:77', line: '    throw err;', column: 5 },
  fail: { where: 'node:assert:204', line: '  throw err;', column: 3 },
  match: { where: 'node:assert:885', line: '    throw err;', column: 5 },
  doesNotMatch: { where: 'node:assert:885', line: '    throw err;', column: 5 },
};
export const assertion: Excerpt = { where: 'node:assert:152', line: '  throw new AssertionError(obj);', column: 3 };

/** What calls back what was given to a function of node:fs. */
export const completed: readonly string[] = ['FSReqCallback.oncomplete (node:fs:187:23)'];
/** What tells of the end of another program, by the function of ours that does. */
export const ended: Readonly<Record<string, readonly string[]>> = {
  exited: ['ChildProcess._handle.onexit (node:internal/child_process:295:12)'],
  close: [
    'maybeClose (node:internal/child_process:1141:16)',
    'ChildProcess._handle.onexit (node:internal/child_process:306:5)',
  ],
  closed: [
    'maybeClose (node:internal/child_process:1141:16)',
    'Socket.<anonymous> (node:internal/child_process:498:11)',
    'Socket.emit (node:events:514:28)',
    'Pipe.<anonymous> (node:net:362:12)',
  ],
  succeeded: ['ChildProcess.exithandler (node:child_process:410:7)'],
  failed: ['ChildProcess.exithandler (node:child_process:424:5)'],
};
export const answered: Readonly<Record<string, readonly string[]>> = {
  readFileFailed: ['FSReqCallback.readFileAfterOpen [as oncomplete] (node:fs:300:13)'],
  readFileDone: ['FSReqCallback.readFileAfterClose [as oncomplete] (node:internal/fs/read/context:96:3)'],
  statFailed: ['FSReqCallback.oncomplete (node:fs:197:21)'],
  statDone: ['FSReqCallback.oncomplete (node:fs:199:5)'],
  writeFileFailed: ['node:fs:2441:7', ...completed],
};
