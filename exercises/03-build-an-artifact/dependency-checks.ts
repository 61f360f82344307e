import {
  type Check,
  type Desk,
  failed,
  passed,
  type Verdict,
  verdictOf,
  type Words,
} from '../../sandbox/checks/index.ts';
import { artifactOf, besideTheBuild, build, committed, script, words } from './build.ts';

export const declared: Check = {
  id: 'd03-c6',
  goal: words(
    'package.json y su lock nombran lo que usa seats, y bastan para arrancarlo en otra carpeta',
    'package.json and its lock name what seats uses, and are enough to start it in another folder',
  ),
  kind: 'service',
  async run(desk) {
    const folder = await committed(desk);
    const { exitCode, stderr } = await desk.run('rm -rf node_modules; npm ci --omit=dev --no-audit', { cwd: folder });
    if (exitCode !== 0) {
      const code = /npm error code (\w+)/.exec(stderr)?.[1] ?? exitCode;
      return failed({
        expected: words('`npm ci` instala lo que dice el lock', '`npm ci` installs what the lock says'),
        found: words(`\`npm ci\` falló: ${code}`, `\`npm ci\` failed: ${code}`),
        where: { file: 'seats/package.json' },
        next: words(
          'Deja que npm escriba los dos archivos: `npm install NOMBRE` en `seats`.',
          'Let npm write both files: `npm install NAME` in `seats`.',
        ),
      });
    }
    const status = await healthOf(desk, folder);
    if (status === 200) return namesLogger(desk);
    if (typeof status !== 'number') return (await onlyForDevelopment(desk, folder)) ?? missingPackage(desk, status);
    return failed({
      expected: words('200', '200'),
      found: words(`${status}`, `${status}`),
      where: { service: 'GET /healthz' },
      next: words('Recupera `/healthz` en `seats/app.mjs`.', 'Bring `/healthz` back in `seats/app.mjs`.'),
    });
  },
};

/** In the learner's folder the same program starts, for what lies above is found there: to run it again would show nothing. */
function missingPackage(desk: Desk, verdict: Verdict): Verdict {
  const name = verdict.passed ? undefined : /Cannot find package '([^']+)'/.exec(verdict.found.en)?.[1];
  if (verdict.passed || name === undefined) return verdict;
  const { dependencies = {} } = desk.json('seats/package.json') as { dependencies?: Record<string, string> };
  const spec = dependencies[name];
  if (spec?.startsWith('file:'))
    return {
      ...verdict,
      found: words(`\`package.json\` pide ${name} en \`${spec}\``, `\`package.json\` asks for ${name} at \`${spec}\``),
      where: { file: 'seats/package.json' },
      next: words(
        `Es una carpeta de esta máquina, que nadie más tiene. Pídelo al registro: \`npm install ${name}@latest\`, en \`seats\`.`,
        `That is a folder of this machine, which nobody else has. Ask the registry: \`npm install ${name}@latest\`, in \`seats\`.`,
      ),
    };
  return {
    ...verdict,
    found: words(`dijo: Cannot find package '${name}'`, `it said: Cannot find package '${name}'`),
    next: words(
      `En \`~/seats\` arranca: Node encuentra el de \`~/node_modules\`. Fuera no hay ninguno. Que npm lo declare: \`npm install ${name}\`, en \`seats\`.`,
      `In \`~/seats\` it starts: Node finds the one in \`~/node_modules\`. Elsewhere there is none. Let npm declare it: \`npm install ${name}\`, in \`seats\`.`,
    ),
  };
}

/** Whether the package that was never declared is: the lock agrees, or `npm ci` would have refused. */
function namesLogger(desk: Desk): Verdict {
  const { dependencies = {} } = desk.json('seats/package.json') as { dependencies?: object };
  if ('bitacora' in dependencies) return passed;
  return failed({
    expected: words('`bitacora` en `dependencies`', '`bitacora` in `dependencies`'),
    found: words(`solo ${Object.keys(dependencies).join(', ')}`, `only ${Object.keys(dependencies).join(', ')}`),
    where: { file: 'seats/package.json' },
    next: words(
      'El servicio escribe su log con ese paquete: si lo quitaste de `app.mjs`, recupéralo con `git restore app.mjs`, y que npm lo declare.',
      'The service writes its log with that package: if you took it out of `app.mjs`, bring it back with `git restore app.mjs`, and let npm declare it.',
    ),
  });
}

/** What `/healthz` of the service in a folder answers, or the verdict that it does not start. */
async function healthOf(desk: Desk, folder: string): Promise<number | Verdict> {
  try {
    const service = await desk.start('node app.mjs', { cwd: folder });
    return (await service.get('/healthz')).status;
  } catch (error) {
    const verdict = verdictOf(error);
    if (verdict !== undefined) return verdict;
    throw error;
  }
}

/** Whether what did not start with `dependencies` alone starts with `devDependencies` as well: then one of these belongs to the others. */
async function onlyForDevelopment(desk: Desk, folder: string): Promise<Verdict | undefined> {
  await desk.run('npm ci --no-audit', { cwd: folder });
  if ((await healthOf(desk, folder)) !== 200) return undefined;
  const { devDependencies = {} } = desk.json('seats/package.json') as { devDependencies?: object };
  const names = Object.keys(devDependencies).join(', ');
  return failed({
    expected: words('seats arranca solo con `dependencies`', 'seats starts with `dependencies` alone'),
    found: words(
      `solo arranca con \`devDependencies\` (${names}), que son para desarrollar`,
      `it starts only with \`devDependencies\` (${names}), which are for development`,
    ),
    where: { file: 'seats/package.json' },
    next: words(
      '`npm install --save-prod NOMBRE` pasa un paquete a `dependencies`.',
      '`npm install --save-prod NAME` moves a package to `dependencies`.',
    ),
  });
}

export const stopsWhenTheyDisagree: Check = besideTheBuild({
  id: 'd03-c4',
  goal: words(
    'El artefacto lleva las versiones del lock; si a este le falta algo de package.json, o falla tar o cp, build.sh no termina con 0',
    'The artifact holds the versions of the lock; if that lacks something of package.json, or tar or cp fails, build.sh does not end with 0',
  ),
  kind: 'command',
  run: async (desk) => stopsAtErrors(desk, await committed(desk)),
});

/** Whether build.sh of a repository obeys its lock, and ends with an error when a program fails or the lock does not fit. Changes the repository. */
async function stopsAtErrors(desk: Desk, folder: string): Promise<Verdict> {
  // Older than the newest that package.json admits: whoever asks the registry again gets others than the lock says.
  await desk.run(
    `npm install --no-audit bitacora@1.1.0 senda@1.1.0 && git commit -qam 'Older packages'; ${NOTES_CALLS}`,
    {
      cwd: folder,
    },
  );
  const other = await otherVersion(desk, artifactOf(await build(desk, folder)), folder);
  if (other !== undefined) return other;
  for (const program of desk.exists('/tmp/cp-called') ? ['tar', 'cp'] : ['tar']) {
    const fails = await desk.run(`${failing(program)}; bash build.sh; code=$?; unset -f ${program}; exit $code`, {
      cwd: folder,
    });
    if (fails.exitCode === 0 && desk.exists(`/tmp/${program}-failed`)) {
      return failed({
        expected: words(
          `un código distinto de 0: aquí, \`${program}\` terminó con 2`,
          `a code other than 0: here, \`${program}\` ended with 2`,
        ),
        found: words('código 0', 'code 0'),
        where: script,
        next: goesOn(desk),
      });
    }
  }
  const added = `const fs = require('node:fs'); const it = JSON.parse(fs.readFileSync('package.json', 'utf8')); it.dependencies = { ...it.dependencies, 'fecha-clara': '^2.0.0' }; fs.writeFileSync('package.json', JSON.stringify(it, null, 2) + '\\n');`;
  await desk.run(
    `rm -f /tmp/npm-called; node --input-type=commonjs -e "${added}" && git commit -qam 'Ask for fecha-clara, without its lock'`,
    { cwd: folder },
  );
  const { exitCode, artifacts } = await build(desk, folder);
  if (exitCode !== 0) return passed;
  return failed({
    expected: words(
      'un código distinto de 0: `package.json` pide algo que el lock no tiene',
      'a code other than 0: `package.json` asks for something that the lock lacks',
    ),
    found: words(`código 0 y ${artifacts[0] ?? 'ningún artefacto'}`, `code 0 and ${artifacts[0] ?? 'no artifact'}`),
    where: script,
    next: /^\s*npm (?:install|i)\b/m.test(desk.text('seats/build.sh'))
      ? words(
          '`npm ci` se niega; `npm install` arregla el lock en silencio.',
          '`npm ci` refuses; `npm install` quietly changes the lock.',
        )
      : /\bnpm\b/.test(desk.text('seats/build.sh')) && !desk.exists('/tmp/npm-called')
        ? words(
            'Esta vez `npm ci` no se ejecutó: `node_modules` ya estaba. Que se ejecute siempre, sin condición.',
            'This time `npm ci` did not run: `node_modules` was there. Let it run always, with no condition.',
          )
        : goesOn(desk),
  });
}

/** The verdict on an artifact that holds another version of a package than the lock of its folder names. */
async function otherVersion(desk: Desk, artifact: string, folder: string): Promise<Verdict | undefined> {
  const { stdout } = await desk.run(
    `mkdir -p /tmp/versions && tar -xzf ${artifact} -C /tmp/versions && cd /tmp/versions && find . -path '*node_modules/*/package.json' | sort | xargs grep -m1 '"version"' /dev/null`,
  );
  const { packages } = desk.json(`${folder}/package-lock.json`) as { packages: Record<string, { version?: string }> };
  for (const [, place = '', version = ''] of stdout.matchAll(
    /^.*?(node_modules\/[^:]*)\/package\.json:\s*"version": "([^"]*)"/gm,
  )) {
    const locked = packages[place]?.version;
    if (locked === undefined || locked === version) continue;
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return failed({
      expected: words(
        `en un commit cuyo lock dice ${name} ${locked}, un artefacto con esa versión`,
        `for a commit whose lock says ${name} ${locked}, an artifact with that version`,
      ),
      found: words(`lleva ${name} ${version}`, `it holds ${name} ${version}`),
      where: script,
      next: words(
        '`npm ci` instala lo que dice el lock. Quita lo que después instala o cambia paquetes.',
        '`npm ci` installs what the lock says. Take out what installs or changes packages after it.',
      ),
    });
  }
  return undefined;
}

/** A program that does its work and then fails, as tar and cp do when one of the named files is missing; it notes that it was called. */
const failing = (program: string): string =>
  `${program}() { command ${program} "$@"; touch /tmp/${program}-failed; echo '${program}: Exiting with failure status due to previous errors' >&2; return 2; }; export -f ${program}`;

/** From now on it shows whether a script copies anything, and asks npm. */
const NOTES_CALLS =
  'cp() { touch /tmp/cp-called; command cp "$@"; }; npm() { touch /tmp/npm-called; command npm "$@"; }; export -f cp npm';

/** What to try when a script went on after an error. */
function goesOn(desk: Desk): Words {
  const text = desk.text('seats/build.sh');
  const stops = text.search(/^\s*set\s+-(?:\w*e|o errexit)/m);
  const works = text.search(/^\s*(?:npm|cp|tar)\b/m);
  if (/^\s*set\s+\+e/m.test(text) || (stops >= 0 && works >= 0 && works < stops))
    return words(
      '`set -e` vale desde su línea hasta un `set +e`: que esté por encima de todo lo que puede fallar, y que nada lo quite.',
      '`set -e` holds from its line on until a `set +e`: let it stand above all that can fail, and nothing take it back.',
    );
  if (/^\s*set\s+-(?:\w*e|o errexit)|\bexit\s*(?:$|[;}])/m.test(text))
    return words(
      'Algo esconde el código: una tubería sin `set -o pipefail`, un `if`, un `||` o un `exit` sin número.',
      'Something hides the code: a pipe without `set -o pipefail`, an `if`, an `||` or an `exit` without a number.',
    );
  return /^#!.*\s-\w*e/.test(text)
    ? words(
        'Con `bash build.sh`, bash no lee el `-e` de la primera línea: escribe `set -e` en la segunda.',
        'With `bash build.sh`, bash does not read the `-e` of the first line: write `set -e` in the second.',
      )
    : words(
        'Un script sigue tras un error si nadie lo para: `set -e`, y `set -o pipefail` si hay una tubería.',
        'A script goes on after an error unless told to stop: `set -e`, and `set -o pipefail` where there is a pipe.',
      );
}
