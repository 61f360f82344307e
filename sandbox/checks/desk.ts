import { LineCounter, parseDocument } from 'yaml';
import { openOrigin, openRepository, openStore, type Repository } from '../forge/index.ts';
import { FileError, resolvePath } from '../machine/files/index.ts';
import type { Machine } from '../machine/machine.ts';
import { quote } from '../machine/shell/quote.ts';
import type { Desk } from './contract.ts';
import type { DeskParts, Watching } from './parts.ts';
import { registryView } from './registry.ts';
import { startService } from './service.ts';
import { CheckStop, failed } from './verdict.ts';

/** The desk of one check. */
export function createDesk(parts: DeskParts): Desk {
  const { machine, shell, log } = parts;
  const { files } = machine;
  const absolute = (path: string): string => resolvePath(machine.home, path);
  const chance = machine.kernel.random('checks');
  let checkouts = 0;

  /** What changes the desk, so that the next check needs another. */
  const acts =
    <A extends readonly unknown[], R>(act: (...args: A) => R) =>
    (...args: A): R => {
      parts.onAct();
      return act(...args);
    };

  return {
    log,
    happened: () => machine.kernel.log.entries(),
    now: () => machine.kernel.now(),
    run: acts(async (script, { cwd = '.', as } = {}) => {
      machine.actingAs = as;
      try {
        return await shell.run(`cd ${quote(absolute(cwd))} && {\n${script}\n}`, { terminal: 'check' });
      } finally {
        machine.actingAs = undefined;
      }
    }),
    exists: (path) => files.exists(absolute(path)),
    stat: (path) => (files.exists(absolute(path)) ? files.stat(absolute(path)) : undefined),
    text: (path) => readText(machine, absolute(path), path),
    yaml: (path) => parseYaml(readText(machine, absolute(path), path), path),
    json: (path) => parseJson(readText(machine, absolute(path), path), path),
    git: {
      async at(folder) {
        const gitdir = `${absolute(folder)}/.git`;
        return files.exists(gitdir) ? openRepository(files, gitdir, folder) : undefined;
      },
      origin: async (name) => openOrigin(machine, name),
    },
    forge: (repository) => openStore(machine, repository),
    start: acts((command, options) => startService(parts, command, options)),
    get production() {
      return watchingOf(parts).view(parts);
    },
    registry: registryView(parts),
    replayDay: (request) => watchingOf(parts).replay(parts, request),
    once: (name, experiment) => parts.once(name, (copy) => experiment(createDesk(copy))),
    onSeed: async (seed) => createDesk(await parts.onSeed(seed)),
    checkout: acts(async (repository, ref) => {
      checkouts += 1;
      const folder = `/tmp/checkout-${checkouts}`;
      await writeOut(machine, repository, ref, folder);
      return folder;
    }),
    integer: acts((low, high) => chance.integer(low, high)),
  };
}

function watchingOf({ watching }: DeskParts): Watching {
  if (watching === undefined) throw new Error("a check looks at production: the exercise needs parts: ['production']");
  return watching;
}

async function writeOut(machine: Machine, repository: Repository, ref: string, folder: string): Promise<void> {
  machine.files.mkdir(folder, { recursive: true });
  for (const path of await repository.paths(ref)) {
    const target = `${folder}/${path}`;
    machine.files.mkdir(target.slice(0, target.lastIndexOf('/')), { recursive: true });
    machine.files.writeFile(target, (await repository.read(ref, path)) ?? '');
  }
}

function readText(machine: Machine, path: string, shown: string): string {
  try {
    return machine.files.readText(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new CheckStop(
      failed({
        expected: { es: `un archivo \`${shown}\``, en: `a file \`${shown}\`` },
        found: { es: `no se puede leer (${error.code})`, en: `it cannot be read (${error.code})` },
        where: { file: shown },
        next: {
          es: 'Créalo con ese nombre, o recupera el del día con «Restablecer archivo».',
          en: 'Make it with that name, or bring back the day’s own with “Reset file”.',
        },
      }),
    );
  }
}

function parseYaml(text: string, file: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [problem] = document.errors;
  if (problem === undefined) return document.toJS({ maxAliasCount: 100 });
  const { line, col } = lines.linePos(problem.pos[0]);
  throw syntaxStop('YAML', file, line, `${line}:${col}`);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw syntaxStop('JSON', file, undefined, 'JSON.parse');
  }
}

function syntaxStop(language: string, file: string, line: number | undefined, detail: string): CheckStop {
  return new CheckStop(
    failed({
      expected: { es: `${language} válido en \`${file}\``, en: `valid ${language} in \`${file}\`` },
      found: { es: `un error de sintaxis (${detail})`, en: `a syntax error (${detail})` },
      where: line === undefined ? { file } : { file, line },
      next: {
        es: 'Mira esa línea y la anterior: sangría (solo espacios), dos puntos, comillas y claves repetidas.',
        en: 'Look at that line and the one above: indentation (spaces only), colons, quotes and repeated keys.',
      },
    }),
  );
}
