import type { ShellState } from './contract.ts';
import { printCommand, type ShellArray, type State } from './just-bash.ts';

const ALIAS = 'BASH_ALIAS_';

/** Variables that the shell itself gives a value at each start. */
const own: readonly string[] = [
  'SHELLOPTS',
  'BASHOPTS',
  'PWD',
  'OLDPWD',
  'PPID',
  'UID',
  'EUID',
  'BASHPID',
  'IFS',
  'OSTYPE',
  'MACHTYPE',
  'HOSTTYPE',
];

/** Arrays that bash itself makes. */
export function bashArrays(): Map<string, ShellArray> {
  const version = ['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu'];
  return new Map([
    ['BASH_VERSINFO', { kind: 'indexed', elements: new Map(version.map((part, at) => [String(at), part])) }],
  ]);
}

/** What lasts of a shell. Functions are kept as source. */
export function readState(state: State, history: readonly string[]): ShellState {
  const named = [...state.env].filter(([name]) => /^[A-Za-z_]\w*$/.test(name) && name !== '_' && !own.includes(name));
  named.sort(([a], [b]) => (a < b ? -1 : 1));
  const arrays = [...(state.arrays ?? [])].filter(([name]) => !name.startsWith('BASH_') && name !== 'PIPESTATUS');
  arrays.sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    cwd: state.cwd,
    ...(arrays.length > 0 && {
      arrays: Object.fromEntries(
        arrays.map(([name, { kind, elements }]) => [name, { kind, elements: [...elements] }] as const),
      ),
    }),
    variables: Object.fromEntries(named.filter(([name]) => !name.startsWith(ALIAS))),
    exported: [...state.exportedVars].filter((name) => state.env.has(name) && name !== 'OLDPWD').sort(),
    functions: [...state.functions.values()].map(printCommand),
    aliases: Object.fromEntries(
      named.flatMap(([name, value]) => (name.startsWith(ALIAS) ? [[name.slice(ALIAS.length), value]] : [])),
    ),
    history: [...history],
  };
}

/** Gives a new shell what was kept of another one; aliases work as they do where people type. */
export function restoreState(state: State, home: string, kept: ShellState | undefined): void {
  state.shoptOptions.expand_aliases = true;
  state.arrays = bashArrays();
  const cwd = kept?.cwd ?? home;
  state.cwd = cwd;
  state.env.set('PWD', cwd);
  if (kept === undefined) return;
  for (const [name, value] of Object.entries(kept.variables)) state.env.set(name, value);
  for (const [name, value] of Object.entries(kept.aliases)) state.env.set(ALIAS + name, value);
  for (const name of kept.exported) state.exportedVars.add(name);
  for (const [name, { kind, elements }] of Object.entries(kept.arrays ?? {})) {
    state.arrays?.set(name, { kind, elements: new Map(elements) });
    if (kind === 'associative') state.associativeArrays = new Set([...(state.associativeArrays ?? []), name]);
  }
}
