// What the learner's build gives, in the folder as it is or in clones of what it holds.
import {
  beside,
  type Check,
  CheckStop,
  type Desk,
  failed,
  type Verdict,
  type Words,
} from '../../sandbox/checks/index.ts';

export const words = (es: string, en: string): Words => ({ es, en });

/** Where most of what a check finds is to be mended. */
export const script = { file: 'seats/build.sh' };

/** The words of a message that fit on a line. */
export const short = (text: string): string =>
  text.length > 90 ? `${/^.{1,88}(?=\s)/.exec(text)?.[0] ?? text.slice(0, 88)} …` : text;

/** Where another machine would have its copy: outside the home folder, so that nothing above it is found. */
const ELSEWHERE = '/tmp/elsewhere';

export interface Built {
  readonly folder: string;
  readonly exitCode: number;
  /** Names in `dist/` of what it made. */
  readonly artifacts: readonly string[];
  /** What it said of its first error; its last line where it told of none. */
  readonly said: string;
}

/** Lines that stand before or after what an error says of itself. */
const NOISE =
  /^npm error( code \w+)?$|^npm warn|A complete log of this run|^Try '|Exiting with failure status|is not recoverable|^\s*$/;

/** Runs build.sh in a folder whose `dist/` was emptied, or holds one artifact of before. */
export async function build(desk: Desk, folder: string, old?: string): Promise<Built> {
  const before = old === undefined ? '' : `mkdir dist; echo old > dist/${old}; `;
  const { exitCode, stdout, stderr } = await desk.run(`rm -rf dist; ${before}bash build.sh`, { cwd: folder });
  const { stdout: listed } = await desk.run('ls dist 2>/dev/null', { cwd: folder });
  const errors = stderr.split('\n').filter((line) => !NOISE.test(line));
  const said =
    errors.find((line) => /^\w*Error\b|^npm error (?:Missing|Invalid):/.test(line)) ??
    errors[0] ??
    stdout.trim().split('\n').at(-1) ??
    '';
  const artifacts = listed.split('\n').filter((name) => /\.(tgz|tar\.gz)$/.test(name) && name !== old);
  return { folder, exitCode, artifacts, said };
}

/** The one artifact of a build that ended well. @throws `CheckStop` with what was there instead. */
export function artifactOf({ folder, exitCode, artifacts, said }: Built): string {
  const [name] = artifacts;
  if (exitCode === 0 && name !== undefined && artifacts.length === 1) return `${folder}/dist/${name}`;
  throw new CheckStop(
    failed({
      expected: words(
        '`bash build.sh` termina con 0 y deja un .tgz en `dist/`',
        '`bash build.sh` ends with 0 and leaves one .tgz in `dist/`',
      ),
      found: words(
        `código ${exitCode}, ${artifacts.length} ${artifacts.length === 1 ? 'artefacto' : 'artefactos'}; dijo: ${short(said)}`,
        `code ${exitCode}, ${artifacts.length} ${artifacts.length === 1 ? 'artifact' : 'artifacts'}; it said: ${short(said)}`,
      ),
      where: script,
      next: words(
        'Ejecútalo en `seats` y mira `echo $?` y `ls dist`.',
        'Run it in `seats`, then look at `echo $?` and `ls dist`.',
      ),
    }),
  );
}

/** A goal beside another that tells in full why build.sh gives no artifact. */
export const besideTheBuild = <One extends Check>(check: One): One =>
  beside(
    script.file,
    {
      expected: words('primero, un build que termina bien', 'first, a build that ends well'),
      found: words('no da ningún artefacto que mirar', 'it gives no artifact to look at'),
    },
    check,
  );

/** A repository elsewhere that holds the learner's folder as a commit: what git ignores stays behind, and so does `dist/`. */
export async function committed(desk: Desk): Promise<string> {
  const folder = `${ELSEWHERE}/work/seats`;
  await desk.run(`mkdir -p ${ELSEWHERE}/work && cp -r ~/seats ${folder}`);
  await commitAll(desk, folder);
  return folder;
}

/** Makes a commit of all that a folder holds. */
export async function commitAll(desk: Desk, folder: string): Promise<void> {
  const { exitCode, stderr } = await desk.run(
    `rm -rf dist && git add -A && git commit -q --allow-empty -m 'Work in progress'`,
    { cwd: folder },
  );
  if (exitCode === 0) return;
  throw new CheckStop(
    failed({
      expected: words('`seats` es un repositorio con tu trabajo', '`seats` is a repository with your work'),
      found: words(`git dijo: ${stderr.trim().slice(0, 80)}`, `git said: ${stderr.trim().slice(0, 80)}`),
      where: { command: 'git status' },
      next: words('Mira `git status` en `seats`.', 'Look at `git status` in `seats`.'),
    }),
  );
}

/** A fresh clone, as a colleague or a build machine would have it. */
export async function clone(desk: Desk, source: string, name: string, branch = ''): Promise<string> {
  const folder = `${ELSEWHERE}/${name}/seats`;
  const { exitCode } = await desk.run(`git clone -q ${branch === '' ? '' : `-b ${branch} `}${source} ${folder}`);
  if (exitCode !== 0) throw new Error(`cannot clone ${source}`);
  return folder;
}

/**
 * Another machine, as far as a script can tell: another name, another person with a home and a name for git of their own. The modules
 * of the home folder move along: another goal looks at these. On its disk a folder lists in another order, as tar tells it (`sortGiven`).
 */
export const OTHER_MACHINE = `mkdir -p /home/builder && { cp -r ~/node_modules /home/builder/ 2>/dev/null; true; }
git config --global user.name Builder; git config --global user.email builder@ventarela.test; echo build-7 > /etc/hostname
hostname() { echo build-7; }
whoami() { echo builder; }
uname() { command uname "$@" | sed 's/\\bdesk\\b/build-7/'; }
id() { command id "$@" | sed 's/\\b1000\\b/1001/g; s/\\bdev\\b/builder/g'; }
export -f hostname whoami uname id
export HOSTNAME=build-7 USER=builder LOGNAME=builder HOME=/home/builder PATH="$PATH:/home/builder/bin"`;

/** Another person's files, as `tar` would pack them: all of this machine are of one person. What the line says itself goes before. */
export const OTHER_OWNER = `export TAR_OPTIONS='--owner=1001 --group=1001'`;

/** Names, kinds and contents of all that an artifact holds, a line each. */
export async function contentsOf(desk: Desk, artifact: string, name: string): Promise<readonly string[]> {
  const folder = `/tmp/unpacked/${name}`;
  const { stdout } = await desk.run(
    `mkdir -p ${folder} && tar -xzf ${artifact} -C ${folder} && cd ${folder} && find . -type d | sort && find . -type f | sort | xargs sha256sum`,
  );
  return stdout.trim().split('\n');
}

/** The path in a line of `contentsOf`. */
export const pathIn = (line: string): string => line.replace(/^[0-9a-f]{64} [ *]/, '').replace(/^\.\//, '');

/** A file of a folder in which a value of the learner's `.env` stands, whatever the file is called; not in the history of git. */
export async function secretIn(desk: Desk, folder: string): Promise<string | undefined> {
  const secrets = desk.exists('seats/.env') ? [...desk.text('seats/.env').matchAll(/^\w+=(\S{8,})$/gm)] : [];
  if (secrets.length === 0) return undefined;
  const patterns = secrets.map(([, value]) => `-e '${value}'`).join(' ');
  const { stdout } = await desk.run(`grep -rlF --exclude-dir=.git ${patterns} . | head -1`, { cwd: folder });
  return stdout.trim().replace(/^\.\//, '') || undefined;
}

/** Takes an artifact into the company's clean room. */
export async function startsInCleanRoom(desk: Desk, artifact: string, where: Words): Promise<Verdict> {
  const { exitCode, stdout, stderr } = await desk.run(`cleanroom run ${artifact}`);
  if (exitCode === 0) return { passed: true };
  const missing = /Cannot find (?:package|module) '[^']+'/.exec(stdout)?.[0];
  const last = stderr.trim().split('\n').at(-1)?.replace('cleanroom: ', '') ?? '';
  const asks = words(
    'al arrancar, npm busca paquetes en la red, y allí no hay',
    'when it starts, npm looks for packages on the network, and there is none',
  );
  return failed({
    expected: words(
      `${where.es}, el artefacto arranca en una máquina vacía y \`/healthz\` da 200`,
      `${where.en}, the artifact starts on an empty machine and \`/healthz\` gives 200`,
    ),
    found: /npm error code ENOTFOUND/.test(stdout)
      ? asks
      : missing === undefined
        ? words(last, last)
        : words(`${missing}; ${last}`, `${missing}; ${last}`),
    where: script,
    next: words(
      'Mira qué lleva: `tar -tzf dist/*.tgz`. En la máquina vacía no hay otra cosa.',
      'See what it carries: `tar -tzf dist/*.tgz`. On the empty machine there is nothing else.',
    ),
  });
}
