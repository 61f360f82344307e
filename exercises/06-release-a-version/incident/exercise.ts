import { type Chance, type Check, type Exercise, passed, pick } from '../../../sandbox/checks/index.ts';
import { anyVersion, counts, major, minor } from '../next-version-checks.ts';
import { words } from '../released.ts';

/** How somebody made next-version.sh "simpler": each gives a wrong number for one kind of change and the right one for the others. */
function broken(chance: Chance): string {
  const edit = pick(chance, [
    '/minor + 1/{n;d}',
    '/major + 1/{n;n;d}',
    String.raw`s/\^feat(\\(\[^)\]\*\\))?:/^feat:/`,
    String.raw`s/|^BREAKING\[ -\]CHANGE://`,
    's/)?!:/)!:/',
  ]);
  // Under another name in start/, so that a reset of the file does not hand out the answer.
  return `sed '${edit}' next-number.sh > next-version.sh
if cmp -s next-version.sh next-number.sh; then exit 1; fi
rm next-number.sh`;
}

const promised: Check = {
  id: 'd06-i1-c1',
  kind: 'command',
  goal: words(
    'El número que sigue dice lo que cambió, para cada clase de cambio',
    'The next number says what changed, for each kind of change',
  ),
  async run(desk) {
    for (const check of [minor, major]) {
      const verdict = await check.run(desk);
      if (!verdict.passed) return verdict;
    }
    const [a, b, c] = anyVersion(desk);
    const inTheFooter = await counts(desk, [
      [`${a}.${b}.${c}`, ['fix(holds): tell seconds', '', 'BREAKING CHANGE: minutes has gone'], `${a + 1}.0.0`],
    ]);
    return inTheFooter.passed ? passed : inTheFooter;
  },
};

export const exercise: Exercise = {
  id: 'd06-i1',
  seed: 'day-06-incident',
  seeds: 6,
  title: words('El número que engañó', 'The number that misled'),
  setup: broken,
  opens: 'next-version.sh',
  steps: [
    {
      id: 'd06-i1-s1',
      kind: 'challenge',
      title: words('Que el número vuelva a decir la verdad', 'Let the number tell the truth again'),
      task: words(
        "Alguien «simplificó» `next-version.sh`, y Quioscos instaló una versión que no era lo que su número prometía. Prueba cada clase de cambio, por ejemplo `echo 'feat(trips): algo' | bash next-version.sh 1.4.2`. Encuentra la que da un número falso y corrígela.",
        "Somebody “simplified” `next-version.sh`, and Kiosks installed a version that was not what its number promised. Try each kind of change, such as `echo 'feat(trips): something' | bash next-version.sh 1.4.2`. Find the one that gives a false number, and fix it.",
      ),
      checks: [promised],
      files: ['next-version.sh'],
      hints: [
        words('«Tres números que prometen algo», en el día 6.', '“Three numbers that promise something”, in day 6.'),
        words(
          'Prueba `fix:`, `feat:`, `feat(trips):`, `feat!:`, `fix(holds)!:` y un mensaje con `BREAKING CHANGE:` al pie.',
          'Try `fix:`, `feat:`, `feat(trips):`, `feat!:`, `fix(holds)!:` and a message with `BREAKING CHANGE:` at its foot.',
        ),
        words(
          "Dos patrones y tres números: `'^[a-z]+(____)?!:|^BREAKING[ -]CHANGE:'`, `'^feat(____)?:'`, `minor=____`, `patch=____`",
          "Two patterns and three numbers: `'^[a-z]+(____)?!:|^BREAKING[ -]CHANGE:'`, `'^feat(____)?:'`, `minor=____`, `patch=____`",
        ),
      ],
      reason: words(
        'Quien instala lee el número y no el código. Si una clase de cambio recibe un número falso, alguien se fía de una promesa que nadie hizo.',
        'Whoever installs reads the number and not the code. If one kind of change gets a false number, somebody relies on a promise that nobody made.',
      ),
    },
  ],
  wrong: { 'nothing-goes-back': 'd06-i1-c1', 'no-footer': 'd06-i1-c1' },
};
