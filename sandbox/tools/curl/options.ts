// What a curl command line asks for.

export interface Options {
  readonly urls: readonly string[];
  readonly outputs: readonly (string | 'remote')[];
  readonly headers: readonly string[];
  /** Pieces of the body as they were given: `-d` joins them with &. */
  readonly data: readonly Data[];
  readonly method?: string;
  readonly writeOut?: string;
  readonly dumpHeader?: string;
  readonly user?: string;
  /** Files to be sent with PUT, each to the URL at its place; what has none is fetched. */
  readonly uploads: readonly string[];
  readonly agent?: string;
  readonly referer?: string;
  readonly cookie?: string;
  /** Seconds. */
  readonly maxTime?: number;
  /** More attempts after a failure that may pass. */
  readonly retries: number;
  /** Seconds between attempts; 0: one, then twice as long each time. */
  readonly retryDelay: number;
  readonly retryConnRefused: boolean;
  readonly retryAllErrors: boolean;
  readonly maxRedirects: number;
  readonly silent: boolean;
  readonly showError: boolean;
  readonly fail: boolean;
  readonly failWithBody: boolean;
  readonly include: boolean;
  readonly head: boolean;
  readonly location: boolean;
  readonly get: boolean;
  readonly verbose: boolean;
  readonly json: boolean;
  readonly compressed: boolean;
}

/** What is asked of one of the URLs. `upload`: the file that is sent there. */
export interface UrlOptions extends Options {
  readonly upload?: string;
}

export interface Data {
  readonly kind: 'data' | 'raw' | 'binary' | 'urlencode';
  readonly text: string;
}

export type Parsed =
  | { readonly options: Options }
  | { readonly say: string }
  | { readonly refuse: string; readonly exitCode: number };

/** Flag → [name, whether a value follows]. */
const flags: Readonly<Record<string, readonly [long: string, hasValue: boolean]>> = {
  A: ['user-agent', true],
  b: ['cookie', true],
  d: ['data', true],
  D: ['dump-header', true],
  e: ['referer', true],
  f: ['fail', false],
  G: ['get', false],
  h: ['help', false],
  H: ['header', true],
  i: ['include', false],
  I: ['head', false],
  L: ['location', false],
  m: ['max-time', true],
  o: ['output', true],
  O: ['remote-name', false],
  s: ['silent', false],
  S: ['show-error', false],
  T: ['upload-file', true],
  u: ['user', true],
  v: ['verbose', false],
  V: ['version', false],
  w: ['write-out', true],
  X: ['request', true],
};

const longOnly: Readonly<Record<string, boolean>> = {
  compressed: false,
  'connect-timeout': true,
  'data-ascii': true,
  'data-binary': true,
  'data-raw': true,
  'data-urlencode': true,
  'fail-with-body': false,
  json: true,
  'max-redirs': true,
  'no-progress-meter': false,
  'progress-bar': false,
  retry: true,
  'retry-all-errors': false,
  'retry-connrefused': false,
  'retry-delay': true,
  url: true,
};

export const hint = "curl: try 'curl --help' or 'curl --manual' for more information\n";

/** Options of the real curl that this one refuses by name instead of calling them unknown. */
const known = new Set(
  `F form k insecure x proxy K config r range z time-cond c cookie-jar E cert cacert retry-max-time resolve connect-to http2
  http1.1 0 4 6 ipv4 ipv6 parallel Z next create-dirs J remote-header-name R remote-time trace trace-ascii a append n netrc`.split(
    /\s+/,
  ),
);

export function parseOptions(args: readonly string[]): Parsed {
  const settings = new Map<string, string[]>();
  const urls: string[] = [];
  const outputs: string[] = [];
  const data: Data[] = [];
  const set = (name: string, value = ''): void => void settings.set(name, [...(settings.get(name) ?? []), value]);

  const words = [...args];
  let onlyUrls = false;
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (onlyUrls || !word.startsWith('-') || word === '-') {
      urls.push(word);
      continue;
    }
    if (word === '--') {
      onlyUrls = true;
      continue;
    }
    for (const [name, hasValue, shown, attached] of named(word)) {
      if (hasValue === undefined) return known.has(name) ? notHere(shown) : usage(`option ${shown}: is unknown`);
      let value = attached;
      if (hasValue && value === undefined) value = words.shift();
      if (hasValue && value === undefined) return usage(`option ${shown}: requires parameter`);
      if (name === 'help') return { say: help };
      if (name === 'version') return { say: version };
      if (name === 'url') urls.push(value as string);
      else if (name === 'output') outputs.push(value as string);
      else if (name === 'remote-name') outputs.push('remote');
      else if (name === 'json') {
        data.push({ kind: 'binary', text: value as string });
        set(name);
      } else if (name.startsWith('data')) data.push({ kind: kinds[name] ?? 'data', text: value as string });
      else set(name, value);
      const numbers = ['max-time', 'max-redirs', 'connect-timeout', 'retry', 'retry-delay'];
      if (numbers.includes(name) && !/^-?\d*\.?\d+$/.test(value as string)) {
        return usage(`option ${shown}: expected a proper numerical parameter`);
      }
      if (hasValue) break;
    }
  }
  if (args.length === 0) return { refuse: hint, exitCode: 2 };
  if (urls.length === 0) return { refuse: `curl: no URL specified!\n${hint}`, exitCode: 2 };
  return { options: optionsFrom(settings, urls, outputs, data) };
}

const kinds: Readonly<Record<string, Data['kind']>> = {
  'data-binary': 'binary',
  'data-raw': 'raw',
  'data-urlencode': 'urlencode',
};

type Named = readonly [name: string, hasValue: boolean | undefined, shown: string, attached: string | undefined];

/** `--name`, or a run of single letters of which the last may have its value attached. */
function named(word: string): readonly Named[] {
  if (word.startsWith('--')) {
    const name = word.slice(2);
    const short = Object.values(flags).find(([long]) => long === name);
    return [[name, short?.[1] ?? longOnly[name], word, undefined]];
  }
  const result: Named[] = [];
  for (let at = 1; at < word.length; at++) {
    const letter = word[at] as string;
    const flag = letter === '#' ? (['progress-bar', false] as const) : flags[letter];
    const rest = word.slice(at + 1);
    const takesRest = flag?.[1] === true && rest !== '';
    result.push([flag?.[0] ?? letter, flag?.[1], `-${letter}`, takesRest ? rest : undefined]);
    if (takesRest || flag === undefined) break;
  }
  return result;
}

function optionsFrom(
  settings: ReadonlyMap<string, readonly string[]>,
  urls: readonly string[],
  outputs: readonly string[],
  data: readonly Data[],
): Options {
  const last = (name: string): string | undefined => settings.get(name)?.at(-1);
  const text = (name: string, key: string) => (last(name) === undefined ? {} : { [key]: last(name) });
  return {
    urls,
    outputs,
    headers: settings.get('header') ?? [],
    uploads: settings.get('upload-file') ?? [],
    data,
    ...text('request', 'method'),
    ...text('write-out', 'writeOut'),
    ...text('dump-header', 'dumpHeader'),
    ...text('user', 'user'),
    ...text('user-agent', 'agent'),
    ...text('referer', 'referer'),
    ...text('cookie', 'cookie'),
    ...(settings.has('max-time') ? { maxTime: Number(last('max-time')) } : {}),
    retries: Number(last('retry') ?? 0),
    retryDelay: Number(last('retry-delay') ?? 0),
    retryConnRefused: settings.has('retry-connrefused'),
    retryAllErrors: settings.has('retry-all-errors'),
    maxRedirects: Number(last('max-redirs') ?? 50),
    silent: settings.has('silent'),
    showError: settings.has('show-error'),
    fail: settings.has('fail'),
    failWithBody: settings.has('fail-with-body'),
    include: settings.has('include'),
    head: settings.has('head'),
    location: settings.has('location'),
    get: settings.has('get'),
    verbose: settings.has('verbose'),
    json: settings.has('json'),
    compressed: settings.has('compressed'),
  };
}

function usage(problem: string): Parsed {
  return { refuse: `curl: ${problem}\n${hint}`, exitCode: 2 };
}

function notHere(option: string): Parsed {
  return { refuse: `curl: '${option}' is not part of this sandbox\n`, exitCode: 2 };
}

export const curlVersion = '7.88.1';

const version = `curl ${curlVersion} (sandbox)
Protocols: http
`;

const help = `Usage: curl [options...] <url>
 -A, --user-agent <name>      Send User-Agent <name> to server
 -b, --cookie <data>          Send cookies from string
     --compressed             Ask for a compressed response
 -d, --data <data>            HTTP POST data
     --data-binary <data>     HTTP POST data, as it is
     --data-raw <data>        HTTP POST data, '@' means nothing
     --data-urlencode <data>  HTTP POST data, URL encoded
 -D, --dump-header <file>     Write the received headers to <file>
 -f, --fail                   Fail on HTTP errors, with no output
     --fail-with-body         Fail on HTTP errors, but save the body
 -G, --get                    Put the post data in the URL and use GET
 -H, --header <header>        Pass a header to server
 -I, --head                   Show document info only
 -i, --include                Include response headers in the output
     --json <data>            HTTP POST JSON
 -L, --location               Follow redirects
 -m, --max-time <seconds>     Maximum time allowed for transfer
     --max-redirs <num>       Maximum number of redirects allowed
 -o, --output <file>          Write to file instead of stdout
 -O, --remote-name            Write output to a file named as the remote file
 -e, --referer <URL>          Referrer URL
 -X, --request <method>       Specify request method to use
     --retry <num>            Retry request if transient problems occur
     --retry-all-errors       Retry all errors (use with --retry)
     --retry-connrefused      Retry on connection refused (use with --retry)
     --retry-delay <seconds>  Wait time between retries
 -S, --show-error             Show error even when -s is used
 -s, --silent                 Silent mode
 -T, --upload-file <file>     Transfer local FILE to destination
 -u, --user <user:password>   Server user and password
 -v, --verbose                Make the operation more talkative
 -V, --version                Show version number and quit
 -w, --write-out <format>     Use output FORMAT after completion

This curl reaches the programs that listen in the sandbox, over HTTP. It never
shows the progress meter; its other options are not part of this sandbox.
`;
