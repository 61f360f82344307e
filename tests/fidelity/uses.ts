// Which commands, with which options, a script uses: read off bash's syntax tree.
import { parseScript } from '../../sandbox/machine/shell/just-bash.ts';
import type { Case } from './cases.ts';

export interface Use {
  /** `sed`, or `git commit` for a command of commands. */
  readonly command: string;
  readonly options: readonly string[];
}

const commandsOfCommands = new Set(['git', 'npm']);

interface Word {
  readonly parts: readonly { readonly type: string; readonly value?: string }[];
}

interface Tree {
  readonly type?: string;
  readonly name?: Word | string;
  readonly args?: readonly Word[];
}

/** Every use in a case, in what is typed and in its shell scripts. */
export function usesOf({ run, files = {} }: Case): readonly Use[] {
  const scripts = Object.entries(files).filter(([path, text]) => path.endsWith('.sh') || /^#!.*\b(ba)?sh\b/.test(text));
  return [run, ...scripts.map(([, text]) => text)].flatMap((script) => {
    const trees = [...walk(treeOf(script))];
    const functions = new Set(trees.flatMap(({ type, name }) => (type === 'FunctionDef' ? [name] : [])));
    return trees.flatMap((tree) => useOf(tree) ?? []).filter(({ command }) => !functions.has(command));
  });
}

/** A script that is wrong on purpose has no tree. */
function treeOf(script: string): unknown {
  try {
    return parseScript(script);
  } catch {
    return undefined;
  }
}

function* walk(value: unknown): Generator<Tree> {
  if (typeof value !== 'object' || value === null) return;
  yield value as Tree;
  for (const part of Object.values(value)) yield* walk(part);
}

function useOf({ type, name, args = [] }: Tree): Use | undefined {
  if (type !== 'SimpleCommand' || typeof name !== 'object' || name === null) return undefined;
  const first = textOf(name);
  if (first === undefined) return undefined;
  const all = args.map(textOf);
  const words = all.filter((word) => word !== undefined);
  // `git -C FOLDER` and `git -c NAME=VALUE` stand before the command.
  const isValue = (at: number): boolean => /^-[Cc]$/.test(all[at - 1] ?? '');
  const part = commandsOfCommands.has(first)
    ? all.find((word, at) => word !== undefined && !word.startsWith('-') && !isValue(at))
    : undefined;
  return {
    command: part === undefined ? first : `${first} ${part}`,
    options: words.filter((word) => /^--?[a-zA-Z]/.test(word)).map((word) => word.replace(/[=0-9].*/, '')),
  };
}

/** A word that says what it is without being expanded. */
function textOf({ parts }: Word): string | undefined {
  const [part] = parts;
  return parts.length === 1 && part?.type === 'Literal' ? part.value : undefined;
}
