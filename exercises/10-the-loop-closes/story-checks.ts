// What is judged of the story: the card, and that each link names the one before.
import { type Check, type Desk, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import {
  BAD,
  begunAt,
  both,
  type Change,
  changesOf,
  clock,
  contentsOf,
  failureOf,
  firstAlert,
  keptBy,
  ownPulls,
  toBuyers,
} from './facts.ts';
import { isTest } from './tests-of.ts';

type Card = ReturnType<ReturnType<Desk['forge']>['issues']>[number];

/** What a card has from the log: the error as it was logged. Quotes and case do not matter. */
function evidenceOf({ error }: ReturnType<typeof failureOf>): RegExp {
  const message = error.replace(/^\w+: /, '');
  return new RegExp(message.toLowerCase().replace(/[^a-z0-9]+/g, '[^a-z0-9]+'), 'i');
}

/** Whether a card tells a value: in its line of the template where it has one, else anywhere. */
function tells(text: string, label: string, value: string): boolean {
  const lines = [...text.matchAll(new RegExp(`^${label}:(.*)$`, 'gim'))].map(([, told = '']) => told);
  return (lines.length === 0 ? [text] : lines).some((told) => told.includes(value));
}

/** What a card is to have from the evidence, and has neither in its text nor in a comment. */
function lacksOf(desk: Desk, card: Card): readonly Words[] {
  const alert = firstAlert(desk);
  const text = `${card.title}\n${[card.body, ...card.comments.map(({ body }) => body)].join('\n')}`;
  return [
    ...(tells(text, 'alerta?', alert.alert)
      ? []
      : [both(`el nombre de la alerta (\`${alert.alert}\`)`, `the name of the alert (\`${alert.alert}\`)`)]),
    ...(tells(text, 'versi[oó]n', BAD) ? [] : [both('la versión que falla', 'the version that fails')]),
    ...(evidenceOf(failureOf(desk)).test(text)
      ? []
      : [both('la línea del registro con su `error`', 'the line of the log with its `error`')]),
  ];
}

export const cardWithEvidence: Check = {
  id: 'd10-c7',
  goal: both(
    'Hay una tarjeta con el nombre de la alerta, la versión que falla y una línea del registro con su error',
    'There is a card with the name of the alert, the version that fails and a line of the log with its error',
  ),
  kind: 'log',
  run(desk) {
    const alert = firstAlert(desk);
    const cards = desk
      .forge('seats')
      .issues()
      .filter(({ createdAt }) => createdAt > alert.at);
    const lacks = cards.map((card) => lacksOf(desk, card));
    if (lacks.some((list) => list.length === 0)) return passed;
    const fewest = lacks.toSorted((a, b) => a.length - b.length)[0];
    const card = fewest && cards[lacks.indexOf(fewest)];
    if (card !== undefined && /^(alerta?|versi[oó]n): *…\s*$/im.test(card.body) && fewest?.length === 3)
      return failed({
        expected: both('la plantilla, completada', 'the template, filled in'),
        found: both(
          `la tarjeta ${card.number} aún dice «…», como la plantilla`,
          `card ${card.number} still says “…”, like the template`,
        ),
        where: { command: `gh issue view ${card.number}` },
        next: both(
          `¿Guardaste en otro archivo? \`gh issue edit ${card.number} --body-file ARCHIVO\` lleva el que completaste, o \`~/tarjeta.md\` cuando lo completes.`,
          `Did you save to another file? \`gh issue edit ${card.number} --body-file FILE\` takes the one that you filled in, or \`~/card.md\` once you have.`,
        ),
      });
    return failed({
      expected: both(
        'una tarjeta con alerta, versión y línea del registro',
        'a card with alert, version and a line of the log',
      ),
      found:
        fewest === undefined
          ? both('ninguna tarjeta posterior a la alerta', 'no card since the alert')
          : both(
              `a la tarjeta ${card?.number} le falta: ${fewest.map(({ es }) => es).join(', ')}`,
              `card ${card?.number} lacks: ${fewest.map(({ en }) => en).join(', ')}`,
            ),
      where: { command: card === undefined ? 'gh issue list' : `gh issue view ${card.number}` },
      next:
        fewest === undefined
          ? both(
              'Completa `tarjeta.md` y ábrela en `seats`: `gh issue create --title "…" --body-file ~/tarjeta.md`.',
              'Fill in `card.md` and open it in `seats`: `gh issue create --title "…" --body-file ~/card.md`.',
            )
          : both(
              `La alerta está en \`inbox operations\`; lo demás, en \`logcli query\`. Después: \`gh issue edit ${card?.number} --body-file ~/tarjeta.md\`.`,
              `The alert is in \`inbox operations\`, the rest in \`logcli query\`. Then: \`gh issue edit ${card?.number} --body-file ~/card.md\`.`,
            ),
    });
  },
};

export const linked: Check = {
  id: 'd10-c2',
  goal: both(
    'La historia se puede seguir: alerta, tarjeta (cerrada), cambio con prueba, puerta, versión y despliegue; y main sigue protegida',
    'The story can be followed: alert, card (closed), change with a test, gate, version and deploy; and main is still protected',
  ),
  kind: 'git',
  async run(desk) {
    const changes = changesOf(desk);
    const own = ownPulls(desk).at(-1);
    if (changes.length === 0 && own !== undefined)
      return missing(
        both('un pull request tuyo, fusionado en main', 'a pull request of yours, merged into main'),
        both(`tu pull request ${own.number}, sin fusionar`, `your pull request ${own.number}, not merged`),
        `gh pr view ${own.number}`,
        both(
          `Cuando \`gh pr checks ${own.number}\` esté en verde, fusiónalo con \`gh pr merge\`.`,
          `Once \`gh pr checks ${own.number}\` is green, merge it with \`gh pr merge\`.`,
        ),
      );
    if (changes.length === 0)
      return missing(
        both('un pull request tuyo, fusionado en main', 'a pull request of yours, merged into main'),
        both('ningún pull request tuyo desde la alerta', 'no pull request of yours since the alert'),
        'gh pr list --state all',
        both('Lleva el arreglo a main con un pull request.', 'Take the fix to main with a pull request.'),
      );
    const verdicts: Verdict[] = [];
    for (const change of changes) verdicts.push(await followed(desk, change));
    const verdict = verdicts.find(({ passed }) => passed) ?? (verdicts.at(-1) as Verdict);
    return verdict.passed ? stillProtected(desk) : verdict;
  },
};

/** Whether main refuses what has not passed: a commit pushed to it, and a merge before its checks. */
async function stillProtected(desk: Desk): Promise<Verdict> {
  const { exitCode } = await desk.run(`git clone -q https://git.ventarela.test/seats.git /tmp/unasked && cd /tmp/unasked
git switch -qc unasked && git commit -q --allow-empty -m 'fix: nothing' && git push -q origin HEAD && gh pr create --fill
gh pr merge --squash --admin || git push origin HEAD:main`);
  if (exitCode !== 0) return passed;
  return failed({
    expected: both(
      'que main siga cerrada a lo que no tiene build y test en verde',
      'main to stay closed to what has no green build and test',
    ),
    found: both(
      'un commit de prueba entró en la copia de main sin ellos',
      'a trial commit entered the copy of main without them',
    ),
    where: { command: 'gh api repos/ventarela/seats/branches/main/protection' },
    next: both(
      'Protégela como el día 5: `gh api -X PUT repos/ventarela/seats/branches/main/protection --input ~/gate.json`.',
      'Protect it as on day 5: `gh api -X PUT repos/ventarela/seats/branches/main/protection --input ~/gate.json`.',
    ),
  });
}

function missing(expected: Words, found: Words, command: string, next: Words): Verdict {
  return failed({
    expected,
    found,
    where: { command },
    next,
  });
}

/** Whether a change can be followed from the alert to its deploy; else the first link that is missing. */
async function followed(desk: Desk, { pull, deploy }: Change): Promise<Verdict> {
  const forge = desk.forge('seats');
  const view = `gh pr view ${pull.number}`;
  const { commits, files } = await contentsOf(desk, pull);
  const text = [pull.title, pull.body, ...commits.map((one) => one.text)].join('\n');
  const named = [...text.matchAll(/(?:#|\/issues\/)(\d+)/g)].map(([, number]) => Number(number));
  const isWhole = (card: Card): boolean => lacksOf(desk, card).length === 0;
  const cards = forge.issues().filter(({ number }) => named.includes(number));
  const card = cards.find(isWhole) ?? cards[0];
  if (card === undefined)
    return missing(
      both(`que el pull request ${pull.number} nombre tu tarjeta`, `pull request ${pull.number} to name your card`),
      both('el pull request no nombra ninguna tarjeta', 'the pull request names no card'),
      view,
      both(
        `\`gh pr edit ${pull.number} --body 'Fixes #N'\`, con el número de tu tarjeta.`,
        `\`gh pr edit ${pull.number} --body 'Fixes #N'\`, with the number of your card.`,
      ),
    );
  const whole = forge.issues().find(isWhole);
  if (whole !== undefined && !isWhole(card))
    return missing(
      both('que nombre la tarjeta con la evidencia', 'it to name the card with the evidence'),
      both(
        `el pull request nombra la tarjeta ${card.number}; la evidencia está en la ${whole.number}`,
        `the pull request names card ${card.number}; the evidence is in ${whole.number}`,
      ),
      view,
      both(
        `Que nombre esa: \`gh pr edit ${pull.number} --body 'Fixes #${whole.number}'\`.`,
        `Let it name that one: \`gh pr edit ${pull.number} --body 'Fixes #${whole.number}'\`.`,
      ),
    );
  const begun = await begunAt(desk, pull);
  // Commits know whole seconds only.
  if (Math.floor(card.createdAt / 1000) * 1000 > begun)
    return missing(
      both(
        'la tarjeta, abierta antes del primer commit del cambio',
        'the card, opened before the first commit of the change',
      ),
      both(
        `tarjeta a las ${clock(card.createdAt)}, primer commit a las ${clock(begun)}`,
        `card at ${clock(card.createdAt)}, first commit at ${clock(begun)}`,
      ),
      `gh issue view ${card.number}`,
      both(
        'La tarjeta va antes que el cambio: dice por qué existe. Empieza el día de nuevo.',
        'The card comes before the change: it says why there is one. Start the day again.',
      ),
    );
  if (!files.some(isTest))
    return missing(
      both(`una prueba nueva en el pull request ${pull.number}`, `a new test in pull request ${pull.number}`),
      both('el cambio no lleva ninguna prueba', 'the change carries no test'),
      view,
      both(
        'Añade la prueba en otro pull request que nombre la tarjeta, y publica de nuevo.',
        'Add the test in another pull request that names the card, and release again.',
      ),
    );
  const green = forge
    .checks(pull.headCommit)
    .filter(
      ({ conclusion, completedAt = Infinity }) => conclusion === 'success' && completedAt <= (pull.mergedAt ?? 0),
    );
  if (!['build', 'test'].every((name) => green.some((one) => one.name === name)))
    return missing(
      both('build y test en verde antes de fusionar', 'build and test green before the merge'),
      both('al fusionar, build y test no estaban en verde', 'at the merge, build and test were not green'),
      `gh pr checks ${pull.number}`,
      both(
        'Fusiona solo con los dos checks en verde. Lo fusionado queda: empieza el día de nuevo.',
        'Merge only with both checks green. What is merged stays: start the day again.',
      ),
    );
  if (deploy === undefined)
    return missing(
      both(
        `tu cambio, desplegado en una versión posterior a ${BAD}`,
        `your change, deployed in a version after ${BAD}`,
      ),
      both(
        'ningún despliegue nuevo en la cronología después de fusionar',
        'no new deploy on the timeline after the merge',
      ),
      'ops/deploy.sh',
      await toBuyers(desk),
    );
  if (!deploy.version.startsWith(BAD.replace(/\d+$/, '')))
    return missing(
      both(
        `un arreglo de ${BAD}: el mismo número, con el tercero más alto`,
        `a fix of ${BAD}: the same number, its third part raised`,
      ),
      both(
        `versión ${deploy.version}, como si trajera algo nuevo: un arreglo sube solo el tercer número`,
        `version ${deploy.version}, as if it brought something new: a fix raises the third number alone`,
      ),
      view,
      both(
        'El número sale de cómo empieza el título: `fix:`. Lo publicado no cambia: empieza el día de nuevo.',
        'The number comes from how the title begins: `fix:`. What is published stays: start the day again.',
      ),
    );
  const tag = `v${deploy.version}`;
  const { exitCode } = await desk.run(
    `rm -rf /tmp/all && git clone -q https://git.ventarela.test/seats.git /tmp/all && cd /tmp/all && git merge-base --is-ancestor ${pull.mergeCommit} ${tag} && git merge-base --is-ancestor ${tag} origin/main`,
  );
  if (exitCode !== 0)
    return missing(
      both(`la etiqueta ${tag} en main, con tu cambio dentro`, `the tag ${tag} on main, with your change in it`),
      both(`ninguna etiqueta ${tag} que lleve a tu cambio en main`, `no tag ${tag} that leads to your change on main`),
      'git log --oneline --all',
      both(
        'Publica con `release.sh`: etiqueta el commit de main que pasó las pruebas.',
        'Release with `release.sh`: it tags the commit of main that was tested.',
      ),
    );
  const { stdout: released } = await desk.run(`git -C /tmp/all rev-parse ${tag}^{commit}`);
  const tested = await keptBy(desk, released.trim());
  const served = desk.registry.artifacts('seats').find(({ version }) => version === deploy.version);
  if (served === undefined || !tested.includes(served.digest))
    return missing(
      both('en el registro, el artefacto que CI probó en main', 'in the registry, the artifact that CI tested on main'),
      both(
        `el artefacto ${deploy.version} del registro no es el que CI construyó y probó en main`,
        `artifact ${deploy.version} of the registry is not the one that CI built and tested on main`,
      ),
      'gh run list --branch main',
      both(
        '`release.sh` publica el de la ejecución, sin construir nada. Lo publicado no cambia: empieza el día de nuevo.',
        '`release.sh` publishes that of the run and builds nothing. What is published stays: start the day again.',
      ),
    );
  if (card.state === 'OPEN')
    return missing(
      both(
        `la tarjeta ${card.number}, cerrada: el arreglo está en producción`,
        `card ${card.number} closed: the fix is in production`,
      ),
      both(`la tarjeta ${card.number} sigue abierta`, `card ${card.number} is still open`),
      `gh issue view ${card.number}`,
      both(
        `Ciérrala con \`gh issue close ${card.number}\`. La fusión la cierra sola cuando el texto dice \`Fixes #${card.number}\`.`,
        `Close it with \`gh issue close ${card.number}\`. The merge closes it when the text says \`Fixes #${card.number}\`.`,
      ),
    );
  return passed;
}
