// What a subcommand of `gh` is: its flags with what they are for, from which its help is written.
import type { Given } from './given.ts';
import type { Place } from './place.ts';

export interface Subcommand {
  /** What may follow the name: `[<number> | <url> | <branch>]`. */
  readonly use?: string;
  readonly short: string;
  /** A flag as `readFlags` wants it → what it is for. */
  readonly flags: Readonly<Record<string, string>>;
  /** What `--json` can show. */
  readonly fields?: readonly string[];
  run(place: Place, given: Given): Promise<number>;
}

export const jsonFlags = {
  'json=': 'Output JSON with the specified `fields`',
  'jq q=': 'Filter JSON output using a jq `expression`',
} as const;

/** `gh pr merge --help`, in the form of the real one. @param path `gh pr merge`. */
export function helpOf(path: string, { use = '', short, flags, fields }: Omit<Subcommand, 'run'>): string {
  const rows = Object.entries(flags).map(([flag, what]) => {
    const [, name = '', letter, takes] = /^(\S+?)(?: (\S))?(=)?$/.exec(flag) ?? [];
    const [, kind = 'string'] = /`([^`]+)`/.exec(what) ?? [];
    const shown = `${letter === undefined ? '    ' : `-${letter}, `}--${name}${takes === undefined ? '' : ` ${kind}`}`;
    return { name, shown, what: what.replaceAll('`', '') };
  });
  const width = Math.max(0, ...rows.map(({ shown }) => shown.length));
  const sorted = rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  const section = (title: string, lines: readonly string[]): string =>
    lines.length === 0 ? '' : `\n${title}\n${lines.map((line) => `  ${line}\n`).join('')}`;
  return [
    `${short}\n`,
    section('USAGE', [`${path} ${use === '' ? '' : `${use} `}[flags]`]),
    section(
      'FLAGS',
      sorted.map(({ shown, what }) => `${shown.padEnd(width)}   ${what}`),
    ),
    section('INHERITED FLAGS', [
      '    --help                     Show help for command',
      '-R, --repo [HOST/]OWNER/REPO   Select another repository using the [HOST/]OWNER/REPO format',
    ]),
    fields === undefined ? '' : section('JSON FIELDS', [[...fields].sort().join(', ')]),
    section('LEARN MORE', [
      'Use `gh <command> <subcommand> --help` for more information about a command.',
      'Read the manual at https://cli.github.com/manual',
    ]),
  ].join('');
}

/** `gh pr --help`. @param subcommands by name; those that are told of have a `short`. */
export function groupHelp(group: string, what: string, subcommands: Readonly<Record<string, object>>): string {
  // An alias is told by its first name.
  const told = Object.entries(subcommands).filter(
    ([, one], at, all) => all.findIndex(([, other]) => other === one) === at,
  );
  const rows = told
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => `  ${`${name}:`.padEnd(14)}${'short' in one ? one.short : ''}`.trimEnd());
  return `${what}\n\nUSAGE\n  gh ${group} <command> [flags]\n\nAVAILABLE COMMANDS\n${rows.join('\n')}\n\nINHERITED FLAGS\n  --help   Show help for command\n\nLEARN MORE\n  Use \`gh <command> <subcommand> --help\` for more information about a command.\n`;
}
