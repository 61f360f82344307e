// What is judged of next-version.sh.
import { type Check, type Desk, failed, passed, type Verdict } from '../../sandbox/checks/index.ts';
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
      next:
        found.version === ''
          ? seeWhereItStops
          : words(
              'Mira qué patrón debía reconocerlo. Al subir un número, los de su derecha vuelven a 0; manda el cambio más fuerte.',
              'See which pattern should know it. When a number goes up, those to its right go back to 0; the strongest change decides.',
            ),
    });
  }
  return passed;
}

const seeWhereItStops = words(
  '`echo "fix: algo" | bash -x next-version.sh 1.0.1` muestra cada orden y en cuál se detiene.',
  '`echo "fix: something" | bash -x next-version.sh 1.0.1` shows each command, and at which one it stops.',
);

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
