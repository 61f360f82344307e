// Programs of a runner beside those of the desk: `sudo`, the package manager, and what is refused by name.
import type { Command, Words } from '../machine/index.ts';

const summary: Words = { es: 'del sistema de un trabajo', en: "of a job's system" };

/** Debian's packages of what this sandbox has, and the programs that come with each. */
const packages: Readonly<Record<string, readonly string[]>> = {
  bash: ['bash'],
  curl: ['curl'],
  gh: ['gh'],
  git: ['git'],
  nodejs: ['node'],
  npm: ['npm', 'npx'],
  ...Object.fromEntries(
    'bzip2 ca-certificates coreutils diffutils findutils gawk grep gzip jq procps sed tar tree tzdata unzip wget xz-utils zip'
      .split(' ')
      .map((name) => [name, []]),
  ),
};

/** On ubuntu-latest, and not here. */
const absent =
  'docker python python3 pip pip3 pipx java mvn gradle go cargo dotnet ruby kubectl helm terraform aws az nc'.split(
    ' ',
  );

const UPDATE_MS = 4000;
const PACKAGE_MS = 1500;

/** @param install is told which programs there are from now on. @param isRoot whether `sudo` is not needed. */
export function runnerTools(isRoot: boolean, install: (programs: readonly string[]) => void): readonly Command[] {
  const apt = (name: string): Command => ({
    name,
    summary,
    run(args, { machine, env, stdout, stderr }) {
      const [verb = '', ...rest] = args.filter((one) => !one.startsWith('-'));
      if (!isRoot && env.SUDO_USER === undefined) {
        const lock = verb === 'update' ? '/var/lib/apt/lists/lock' : '/var/lib/dpkg/lock-frontend';
        stderr(`E: Could not open lock file ${lock} - open (13: Permission denied)\n`);
        return 100;
      }
      if (['update', 'upgrade', 'clean', 'autoremove', 'autoclean'].includes(verb)) {
        machine.kernel.advance(UPDATE_MS);
        stdout('Reading package lists...\n');
        return 0;
      }
      if (verb !== 'install') {
        stderr(`${name}: '${verb}' is not part of this sandbox (there are: update, install)\n`);
        return 100;
      }
      const names = rest.map((one) => one.replace(/[=:].*$/, ''));
      const stranger = names.find((one) => !Object.hasOwn(packages, one));
      if (stranger !== undefined) {
        stderr(
          `${name}: the package '${stranger}' is not part of this sandbox (there are: ${Object.keys(packages).join(', ')})\n`,
        );
        return 100;
      }
      machine.kernel.advance(names.length * PACKAGE_MS);
      install(names.flatMap((one) => packages[one] ?? []));
      for (const one of names) stdout(`Setting up ${one} ...\n`);
      return 0;
    },
  });
  const sudo: Command = {
    name: 'sudo',
    summary,
    async run(args, { run, stdout, stderr, stdin, machine }) {
      const words = args.filter(
        (one, at) => !(one.startsWith('-') && args.slice(0, at).every((before) => before.startsWith('-'))),
      );
      if (words.length === 0 || run === undefined) {
        stderr('usage: sudo command [arguments]\n');
        return 1;
      }
      const ran = await run({ words, stdin, env: { SUDO_USER: machine.user } });
      stdout(ran.stdout);
      stderr(ran.stderr);
      return ran.exitCode;
    },
  };
  const refused = absent.map(
    (name): Command => ({
      name,
      summary,
      run(_, { stderr }) {
        stderr(`${name}: not part of this sandbox\n`);
        return 127;
      },
    }),
  );
  return [apt('apt-get'), apt('apt'), ...(isRoot ? [] : [sudo, ...refused])];
}
