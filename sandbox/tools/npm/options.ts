// The words after `npm`: options anywhere, what follows `--` left as it is.
import { notHere } from './stop.ts';

export interface Given {
  readonly words: readonly string[];
  /** What stands behind `--`. */
  readonly rest: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
  /** What npm does not know: it warns, and goes on. */
  readonly unknown: readonly string[];
  has(...names: readonly string[]): boolean;
}

const short: Readonly<Record<string, string>> = {
  '-y': 'yes',
  '-D': 'save-dev',
  '-P': 'save-prod',
  '-E': 'save-exact',
  '-S': 'save',
  '-g': 'global',
  '-a': 'all',
  '-f': 'force',
  '-s': 'silent',
  '-h': 'help',
  '-m': 'message',
  '-l': 'long',
  '-v': 'version',
  '-c': 'call',
  '-p': 'parseable',
  '-q': 'quiet',
  '-w': 'workspace',
  '-ws': 'workspaces',
  '-L': 'location',
  '-C': 'prefix',
};
const valued = new Set(
  [
    'depth omit only include message preid registry tag prefix loglevel audit-level call package tag-version-prefix location access pack-destination init-license init-version init-author-name init-type scope workspace',
  ].flatMap((names) => names.split(' ')),
);
const switches = new Set(
  (
    'yes save-dev save-prod save-exact save force silent help all json long version if-present ignore-scripts dry-run audit fund ' +
    'package-lock git-tag-version allow-same-version package-lock-only prefer-offline offline parseable progress quiet global dev production commit-hooks no ' +
    'update-notifier color engine-strict workspaces include-workspace-root'
  ).split(' '),
);

/** Options of the real npm that are not here. */
const absent = new Set(
  (
    'allow-git allow-scripts auth-type before bin-links browser ca cache call cert cidr cpu diff diff-name-only diff-text editor expect-result-count expect-results ' +
    'fetch-retries fetch-timeout foreground-scripts format-package-lock git globalconfig heading https-proxy install-links install-strategy key ' +
    'legacy-bundling legacy-peer-deps libc lockfile-version logs-dir logs-max maxsockets min-release-age node-options noproxy offline omit-lockfile-registry-resolved optional os ' +
    'otp packages provenance proxy prefer-dedupe prefer-online rebuild-bundle replace-registry-host save-bundle save-optional save-peer sbom-format scopes ' +
    'script-shell searchlimit shell sign-git-commit sign-git-tag strict-peer-deps strict-ssl timing umask unicode usage user-agent userconfig viewer which workspaces-update'
  ).split(' '),
);
/** Old names. */
const same: Readonly<Record<string, string>> = { __proto__: null as never, prod: 'production' };

/** Where the command stands: options, with what belongs to them, may stand before it. -1: nowhere. */
export function commandAt(args: readonly string[]): number {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as string;
    if (!word.startsWith('-')) return at;
    if (valued.has(word.startsWith('--') ? word.slice(2) : (short[word] ?? ''))) at += 1;
  }
  return -1;
}

export function readOptions(args: readonly string[]): Given {
  const words: string[] = [];
  const flags = new Map<string, string>();
  const unknown: string[] = [];
  let at = 0;
  for (; at < args.length && args[at] !== '--'; at++) {
    const word = args[at] as string;
    if (!word.startsWith('-') || word === '-') {
      words.push(word);
      continue;
    }
    const [flag = '', attached] = split(word);
    const name = flag.startsWith('--') ? (same[flag.slice(2)] ?? flag.slice(2)) : short[flag];
    if (name === undefined) throw notHere(flag);
    const positive = name.startsWith('no-') ? name.slice(3) : name;
    if (valued.has(name)) {
      const value = attached ?? args[++at] ?? '';
      // Only workspaces are named one after the other.
      flags.set(name, name === 'workspace' && flags.has(name) ? `${flags.get(name)}\n${value}` : value);
    } else if (switches.has(positive)) flags.set(positive, positive === name ? (attached ?? 'true') : 'false');
    else if (absent.has(positive)) throw notHere(flag);
    else unknown.push(word);
  }
  if (flags.get('loglevel') === 'silent') flags.set('silent', 'true');
  return {
    words,
    rest: args.slice(at + 1),
    flags,
    unknown,
    has: (...names) => names.some((name) => flags.has(name) && flags.get(name) !== 'false'),
  };
}

function split(word: string): readonly [string, string?] {
  const at = word.indexOf('=');
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}
