// What is judged of next-version.sh.
import { type Check, type Desk, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { codeOf, cut, same, type Told, words } from './released.ts';

/** Asks next-version.sh for what comes after a version; `version` is '' when it prints none. */
export async function next(
  desk: Desk,
  after: string,
  messages: readonly string[],
): Promise<Told & { readonly version: string }> {
  desk.text('next-version.sh');
  const lines = messages.map((line) => `'${line}'`).join(' ');
  const { stdout, stderr, exitCode } = await desk.run(`printf '%s\\n' ${lines} | bash next-version.sh ${after}`);
  return { version: stdout.trim(), exitCode, said: cut(stderr.trim(), 80) };
}

/** Each case: a version, the lines of the commits since, and the version that must come next. */
export async function counts(
  desk: Desk,
  cases: readonly (readonly [after: string, message: readonly string[], expected: string])[],
): Promise<Verdict> {
  for (const [after, message, expected] of cases) {
    const found = await next(desk, after, message);
    if (found.version === expected) continue;
    const said = message.filter(Boolean).join(' / ');
    return failed({
      expected: words(`después de ${after}, con «${said}»: ${expected}`, `after ${after}, with “${said}”: ${expected}`),
      found: found.version === '' ? codeOf(found) : same(found.version),
      where: { file: 'next-version.sh' },
      next: adviceFor(after, found.version, expected),
    });
  }
  return passed;
}

/** What to try where another version, or none, came than the one that was expected. */
function adviceFor(after: string, found: string, expected: string): Words {
  const again = `\`echo '…' | bash -x next-version.sh ${after}\``;
  if (found === '')
    return words(
      `${again}, con ese mensaje, muestra cada orden, qué patrones prueba y en cuál se detiene.`,
      `${again}, with that message, shows each command, which patterns it tries, and where it stops.`,
    );
  const raised = expected.replace(/(\.0)+$/, '.');
  return expected.endsWith('.0') && found.startsWith(raised)
    ? words(
        'Sube el número que toca, pero los de su derecha tienen que volver a 0: falta ponerlos en `next-version.sh`.',
        'The right number goes up, but those to its right must go back to 0: set them in `next-version.sh`.',
      )
    : words(
        `Otro patrón decide, o ninguno: el del cambio más fuerte se prueba primero, solo al principio de la línea. ${again}, con ese mensaje, muestra cuál coincide.`,
        `Another pattern decides, or none: that of the strongest change is tried first, at the start of a line only. ${again}, with that message, shows which one matches.`,
      );
}

/** The three numbers of some version. */
export const anyVersion = (desk: Desk): readonly [number, number, number] => [
  desk.integer(1, 9),
  desk.integer(2, 19),
  desk.integer(1, 19),
];

export const minor: Check = {
  id: 'd06-c9',
  goal: words(
    'Un arreglo sube el último número; algo nuevo sube el segundo y pone el último a 0',
    'A fix raises the last number; something new raises the second and sets the last to 0',
  ),
  kind: 'command',
  run(desk) {
    const [a, b, c] = anyVersion(desk);
    return counts(desk, [
      [`${a}.${b}.${c}`, ['fix: keep the order of trips', 'features stay as they are'], `${a}.${b}.${c + 1}`],
      [`${a}.${b}.${c}`, ['feat: sort trips by hour'], `${a}.${b + 1}.0`],
      [`${a}.${b}.${c}`, ['fix: one thing', 'feat(trips): and another'], `${a}.${b + 1}.0`],
    ]);
  },
};

export const major: Check = {
  id: 'd06-c10',
  goal: words(
    'Un cambio incompatible, sea cual sea su tipo, sube el primero y pone los otros a 0',
    'An incompatible change, whatever its type, raises the first and sets the others to 0',
  ),
  kind: 'command',
  run(desk) {
    const [a, b, c] = anyVersion(desk);
    return counts(desk, [
      [`${a}.${b}.${c}`, ['feat!: rename left to free'], `${a + 1}.0.0`],
      [`${a}.${b}.${c}`, ['fix(holds)!: answer 410'], `${a + 1}.0.0`],
      [`${a}.${b}.${c}`, ['refactor!: leave the old path out'], `${a + 1}.0.0`],
      // With a patch of 0: whether that goes back is told by c9.
      [`${a}.${b}.0`, ['feat: sort trips by hour'], `${a}.${b + 1}.0`],
      [`${a}.${b}.${c}`, ['fix: one thing', 'This is no BREAKING CHANGE.'], `${a}.${b}.${c + 1}`],
      [`${a}.${b}.${c}`, ['fix: answer "Full!: no seats" with 409'], `${a}.${b}.${c + 1}`],
    ]);
  },
};
