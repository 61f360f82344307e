import { pick, type ReviewQuestion, type Words } from '../../sandbox/checks/index.ts';

const words = (es: string, en: string): Words => ({ es, en });

const when: ReviewQuestion = {
  id: 'd05-r1',
  ask(chance) {
    const build = chance.integer(2, 6);
    const test = chance.integer(7, 15);
    const lint = chance.integer(1, 5);
    const needs = chance.integer(0, 1) === 1;
    const answer = needs ? build + test : test;
    const yaml = (text: string): string =>
      `    build: ${build} min\n    lint: ${lint} min\n    test: ${test} min${needs ? ', needs: build' : ''}\n${text}`;
    return {
      kind: 'quantity',
      text: words(
        `Un flujo tiene tres jobs, y hay máquinas libres para todos:\n${yaml('¿Cuánto tarda la ejecución entera?')}`,
        `A workflow has three jobs, and there are free machines for all of them:\n${yaml('How long does the whole run take?')}`,
      ),
      answer,
      unit: words('min', 'min'),
      why: needs
        ? words(
            `\`test\` espera a \`build\`: ${build} + ${test}. \`lint\` corre al lado.`,
            `\`test\` waits for \`build\`: ${build} + ${test}. \`lint\` runs beside them.`,
          )
        : words(
            'Sin `needs` corren a la vez, y cuenta el más largo.',
            'Without `needs` they run at once, and the longest one counts.',
          ),
      low: words(
        'Es más: cuenta el camino más largo hasta el último job.',
        'It is more: count the longest way to the last job.',
      ),
      high: words(
        'Es menos: lo que nadie espera corre a la vez.',
        'It is less: what nobody waits for runs at the same time.',
      ),
      slips: [
        {
          value: build + test + lint,
          why: words(
            'Esa es la suma, como si corrieran uno tras otro. Solo `needs` hace esperar.',
            'That is the sum, as if they ran one after the other. Only `needs` makes a job wait.',
          ),
        },
        needs
          ? {
              value: test,
              why: words(
                '`test` no empieza hasta que `build` acaba.',
                '`test` does not begin before `build` has ended.',
              ),
            }
          : {
              value: build + test,
              why: words('Nada dice que `test` espere a `build`.', 'Nothing says that `test` waits for `build`.'),
            },
      ],
    };
  },
};

const whatMerges: ReviewQuestion = {
  id: 'd05-r2',
  ask(chance) {
    const pull = chance.integer(11, 99);
    const [one, other] = pick(chance, [
      ['build', 'test'],
      ['lint', 'test'],
      ['build', 'lint'],
    ] as const);
    return {
      kind: 'choice',
      text: words(
        `\`main\` exige solo el check \`${one}\`. En el pull request ${pull}, \`${one}\` está en verde y \`${other}\` en rojo. ¿Qué hace \`gh pr merge ${pull} --squash\`?`,
        `\`main\` requires the check \`${one}\` only. In pull request ${pull}, \`${one}\` is green and \`${other}\` is red. What does \`gh pr merge ${pull} --squash\` do?`,
      ),
      choices: [
        {
          text: words('Lo fusiona', 'It merges'),
          right: true,
          why: words(
            `Un check en rojo que nadie exige avisa y no impide nada. Hay que exigir también \`${other}\`.`,
            `A red check that nobody requires warns and stops nothing. \`${other}\` has to be required as well.`,
          ),
        },
        {
          text: words(`Lo rechaza por \`${other}\``, `It refuses because of \`${other}\``),
          why: words('La regla de `main` no lo nombra.', 'The rule of `main` does not name it.'),
        },
        {
          text: words(`Espera a que \`${other}\` esté en verde`, `It waits until \`${other}\` is green`),
          why: words('Solo se espera a lo que la regla exige.', 'Only what the rule requires is waited for.'),
        },
      ],
    };
  },
};

export const review: readonly ReviewQuestion[] = [when, whatMerges];
