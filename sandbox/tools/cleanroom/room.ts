// What happens in the empty machine: a script on the last commit, or an artifact that is unpacked, started and asked.
import {
  type Command,
  type CommandIO,
  createMachine,
  createShell,
  type Files,
  type Machine,
  nameOf,
  parentOf,
  type RunResult,
  resolvePath,
  type Words,
} from '../../machine/index.ts';
import { words } from './words.ts';

export interface Told {
  readonly exitCode: number;
  /** The last line, in the reader's language. */
  readonly last: Words;
  /** Names beside the program of an artifact. */
  readonly holds?: string;
}

/** What the machines of this engine are made with. */
interface RoomParts {
  readonly commands: readonly Command[];
  pause(): Promise<void>;
}

const HOME = '/home/clean';
const OUTPUT = '/tmp/output';
const ANSWER = '/tmp/answer';
const PORT = 8080;
/** How often `/healthz` is asked, and how long between two times: together ten simulated seconds. */
const TRIES = 50;
const SECONDS_BETWEEN = 0.2;

/** A machine with the system and its programs only: no file, variable or module of the desk. Its clock is the desk's. */
function open({ commands, pause }: RoomParts, io: CommandIO, cutOff: boolean) {
  const { kernel, language } = io.machine;
  const machine = createMachine({ kernel, language, hostname: 'cleanroom', user: 'clean', home: HOME, cutOff });
  const shell = createShell(machine, commands, undefined, { pause });
  const stop = (): void => shell.interrupt();
  io.signal.addEventListener('abort', stop);
  return {
    machine,
    run: (script: string, onOutput?: (stream: 'stdout' | 'stderr', text: string) => void): Promise<RunResult> =>
      shell.run(script, { terminal: 'cleanroom', ...(onOutput && { onOutput }) }),
    throwAway() {
      io.signal.removeEventListener('abort', stop);
      for (const process of machine.processes.list()) process.kill('SIGKILL');
    },
  };
}

/** Runs a script of the repository around it on what its last commit holds, and nothing else of the folder. */
export async function runCommit(parts: RoomParts, io: CommandIO, file: string, args: readonly string[]): Promise<Told> {
  const path = resolvePath(io.cwd, file);
  const top = repositoryOf(io.machine.files, path);
  if (top === undefined) return { exitCode: 2, last: words.noRepository(file) };
  const room = open(parts, io, false);
  const folder = `${HOME}/${nameOf(top)}`;
  copyTree(io.machine.files, room.machine.files, `${top}/.git`, `${folder}/.git`);
  const inside = path.slice(top.length + 1);
  const { exitCode, stderr } = await room.run(`cd ${quoted(folder)} && git reset -q --hard HEAD`);
  if (exitCode !== 0) {
    io.stderr(stderr);
    room.throwAway();
    return { exitCode: 1, last: words.noCommit };
  }
  if (!room.machine.files.exists(`${folder}/${inside}`)) {
    room.throwAway();
    return { exitCode: 1, last: words.notCommitted(inside) };
  }
  say(io, words.commit(inside));
  const line = [`cd ${quoted(folder)} && bash`, inside, ...args].map((word, at) => (at === 0 ? word : quoted(word)));
  const ran = await room.run(line.join(' '), (stream, text) => io[stream](text));
  room.throwAway();
  return { exitCode: ran.exitCode, last: words.ended(ran.exitCode) };
}

/**
 * Unpacks an artifact, starts it as it says itself, and asks it for `/healthz`: 0 when the answer is 200. A script may ask the
 * registry; an artifact has what it carries.
 */
export async function startArtifact(parts: RoomParts, io: CommandIO, file: string, bytes: Uint8Array): Promise<Told> {
  const room = open(parts, io, true);
  const { files } = room.machine;
  const app = `${HOME}/app`;
  files.mkdir(app, { recursive: true });
  const archive = `${HOME}/${nameOf(resolvePath('/', file))}`;
  files.writeFile(archive, bytes);
  const unpacked = await room.run(`tar -xzf ${quoted(archive)} -C ${app}`);
  const start = startOf(files, app);
  const end = (exitCode: number, last: Words): Told => {
    room.throwAway();
    return { exitCode, last, holds: files.list(start?.folder ?? app).join(' ') };
  };
  if (unpacked.exitCode !== 0) {
    io.stderr(unpacked.stderr);
    return end(1, words.notUnpacked(file));
  }
  if (start === undefined) return end(1, words.noStart(files.list(app).slice(0, 8).join(' ')));
  say(io, words.starts(start.line));
  const ended = '/tmp/ended';
  const { stdout } = await room.run(
    `cd ${quoted(start.folder)} && { PORT=${PORT} ${start.line} > ${OUTPUT} 2>&1; echo $? > ${ended}; } &
for try in $(seq ${TRIES}); do
  sleep ${SECONDS_BETWEEN}
  status=$(curl -s -o ${ANSWER} -w '%{http_code}' localhost:${PORT}/healthz)
  [ "$status" = 000 ] || break
  [ ! -e ${ended} ] || break
done
echo "status $status"`,
  );
  if (io.signal.aborted) return end(130, words.interrupted);
  io.stdout(textOf(files, OUTPUT));
  const status = /status (\d+)\n$/.exec(stdout)?.[1] ?? '000';
  if (status !== '000') return end(status === '200' ? 0 : 1, words.answered(status, textOf(files, ANSWER).trim()));
  const code = textOf(files, ended).trim();
  return end(1, code === '' ? words.silent(TRIES * SECONDS_BETWEEN) : words.endedEarly(code));
}

/** Where the program is, at the top of the artifact or in its only folder, and how it says that it is started. */
function startOf(files: Files, app: string): { readonly folder: string; readonly line: string } | undefined {
  const names = files.list(app);
  const only = names.length === 1 ? `${app}/${names[0]}` : undefined;
  const isFolder = only !== undefined && files.stat(only).type === 'directory';
  for (const folder of [app, ...(isFolder ? [only] : [])]) {
    if (startScript(textOf(files, `${folder}/package.json`))) return { folder, line: 'npm start' };
    if (files.exists(`${folder}/app.mjs`)) return { folder, line: 'node app.mjs' };
  }
  return undefined;
}

function startScript(manifest: string): boolean {
  try {
    const { scripts } = JSON.parse(manifest) as { scripts?: Readonly<Record<string, unknown>> };
    return typeof scripts?.start === 'string';
  } catch {
    return false;
  }
}

/** The folder above a path that holds a repository. */
function repositoryOf(files: Files, path: string): string | undefined {
  for (let folder = parentOf(path); folder !== '/'; folder = parentOf(folder))
    if (files.exists(`${folder}/.git/HEAD`)) return folder;
  return undefined;
}

function copyTree(from: Files, to: Machine['files'], source: string, target: string): void {
  const { type, mode } = from.lstat(source);
  if (type === 'file') to.writeFile(target, from.readFile(source), mode);
  if (type !== 'directory') return;
  to.mkdir(target, { recursive: true });
  for (const name of from.list(source)) copyTree(from, to, `${source}/${name}`, `${target}/${name}`);
}

function textOf(files: Files, path: string): string {
  return files.exists(path) && files.stat(path).type === 'file' ? files.readText(path) : '';
}

function say(io: CommandIO, line: Words): void {
  io.stdout(`cleanroom: ${line[io.machine.language]}\n`);
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
