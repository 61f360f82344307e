// The words after `npm`: options anywhere, what follows `--` left as it is.
import { notHere } from './stop.ts';

export interface Given {
  readonly words: readonly string[];
  /** What stands behind `--`. */
  readonly rest: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
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
};
const valued = new Set(
  [
    'depth omit include message preid registry tag prefix loglevel audit-level call package tag-version-prefix access pack-destination init-license init-version init-author-name init-type scope',
  ].flatMap((names) => names.split(' ')),
);
const switches = new Set(
  (
    'yes save-dev save-prod save-exact save force silent help all json long version if-present ignore-scripts dry-run audit fund ' +
    'package-lock git-tag-version allow-same-version package-lock-only prefer-offline offline parseable progress quiet global dev production commit-hooks no ' +
    'update-notifier color'
  ).split(' '),
);

export function readOptions(args: readonly string[]): Given {
  const words: string[] = [];
  const flags = new Map<string, string>();
  let at = 0;
  for (; at < args.length && args[at] !== '--'; at++) {
    const word = args[at] as string;
    if (!word.startsWith('-') || word === '-') {
      words.push(word);
      continue;
    }
    const [flag = '', attached] = split(word);
    const name = flag.startsWith('--') ? flag.slice(2) : short[flag];
    if (name === undefined) throw notHere(flag);
    const positive = name.startsWith('no-') ? name.slice(3) : name;
    if (valued.has(name)) flags.set(name, attached ?? args[++at] ?? '');
    else if (switches.has(positive)) flags.set(positive, positive === name ? (attached ?? 'true') : 'false');
    else throw notHere(flag);
  }
  return {
    words,
    rest: args.slice(at + 1),
    flags,
    has: (...names) => names.some((name) => flags.has(name) && flags.get(name) !== 'false'),
  };
}

function split(word: string): readonly [string, string?] {
  const at = word.indexOf('=');
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}
