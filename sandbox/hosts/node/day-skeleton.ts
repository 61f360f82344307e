// The files of a day that is not written yet: all of its parts in both languages, each with a mark that the tests refuse. Pure.
import type { Words } from '../../machine/words.ts';

export interface PlannedDay {
  /** `d11`. */
  readonly id: string;
  readonly slug: string;
  readonly title: Words;
  readonly stages: readonly string[];
  readonly goals: readonly string[];
  readonly concepts: readonly string[];
  readonly task: string;
  readonly checks: readonly { readonly verifies: string; readonly catches?: string | undefined }[];
  readonly stateFrom: string | undefined;
}

/** Path from the project's folder → text. */
export function filesOfNewDay(day: PlannedDay): Readonly<Record<string, string>> {
  const name = `${day.id.slice(1)}-${day.slug}`;
  const folder = `exercises/${name}`;
  const actions = '# TODO: what a learner would type\n';
  return {
    [`${folder}/exercise.ts`]: exerciseOf(day),
    [`${folder}/review.ts`]: reviewOf(day),
    [`${folder}/notes.md`]: notesOf(day),
    [`${folder}/start/README.md`]: 'TODO: the files that the learner begins with\n',
    [`${folder}/solution/.noventa/actions.sh`]: actions,
    [`${folder}/alternative/another-way/.noventa/actions.sh`]: actions,
    [`${folder}/wrong/first-mistake/.noventa/actions.sh`]: actions,
    [`${folder}/wrong/second-mistake/.noventa/actions.sh`]: actions,
    [`${folder}/incident/exercise.ts`]: incidentOf(day),
    [`${folder}/incident/solution/.noventa/actions.sh`]: actions,
    [`${folder}/incident/alternative/another-way/.noventa/actions.sh`]: actions,
    [`${folder}/incident/wrong/first-mistake/.noventa/actions.sh`]: actions,
    [`content/es/days/${name}.mdx`]: lessonOf(day, 'es'),
    [`content/en/days/${name}.mdx`]: lessonOf(day, 'en'),
  };
}

const kinds = ['run', 'change', 'fill', 'write', 'challenge'] as const;

function exerciseOf({ id, title, task, checks, stateFrom }: PlannedDay): string {
  const count = Math.max(kinds.length, checks.length);
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  // Each step has a check; those beyond go to the step before the challenge, which is the widest.
  const checksOf = (step: number): readonly number[] =>
    numbers.filter((number) => number === step + 1 || (step === 3 && number > kinds.length));
  const checkTexts = numbers.map((number) => {
    const planned = checks[number - 1];
    const notes = [
      ...(planned === undefined ? [] : [`// Plan: ${oneLine(planned.verifies)}`]),
      ...(planned?.catches === undefined ? [] : [`// Plan, a wrong answer: ${oneLine(planned.catches)}`]),
    ];
    return `${[...notes, `const check${number}: Check = {`].join('\n')}
  id: '${id}-c${number}',
  goal: todo,
  kind: 'log',
  run: () => failed({ expected: todo, found: todo, next: todo }),
};
`;
  });
  const stepTexts = kinds.map(
    (kind, index) => `    {
      id: '${id}-s${index + 1}',
      kind: '${kind}',
      title: todo,
      task: todo,
      checks: [${checksOf(index)
        .map((number) => `check${number}`)
        .join(', ')}],
      hints: [todo, todo, todo],
      reason: todo,
    },
`,
  );
  return `import { type Check, type Exercise, failed, type Words } from '../../sandbox/checks/index.ts';

const todo: Words = { es: 'TODO', en: 'TODO' };

${checkTexts.join('\n')}
${task === '' ? '' : `// Plan: ${oneLine(task)}\n`}export const exercise: Exercise = {
  id: '${id}',
  seed: 'ventarela-day-${Number(id.slice(1))}',
  title: { es: ${quoted(title.es)}, en: ${quoted(title.en)} },
${stateFrom === undefined ? '' : `  stateFrom: '${stateFrom}',\n`}  steps: [
${stepTexts.join('')}  ],
  wrong: {
    'first-mistake': '${id}-c1',
    'second-mistake': '${id}-c2',
  },
};
`;
}

/** Two questions that ask the same on every seed, which the tests refuse. */
function reviewOf({ id, concepts }: PlannedDay): string {
  const name = (number: number): string => ['first', 'second'][number - 1] as string;
  const question = (
    number: number,
  ): string => `${concepts[number - 1] === undefined ? '' : `// Plan: ${oneLine(concepts[number - 1] as string)}\n`}const ${name(number)}: ReviewQuestion = {
  id: '${id}-r${number}',
  ask: () => ({
    kind: 'choice',
    text: todo,
    choices: [
      { text: todo, right: true, why: todo },
      { text: todo, why: todo },
      { text: todo, why: todo },
    ],
  }),
};
`;
  return `import type { ReviewQuestion, Words } from '../../sandbox/checks/index.ts';

const todo: Words = { es: 'TODO', en: 'TODO' };

${question(1)}
${question(2)}
export const review: readonly ReviewQuestion[] = [first, second];
`;
}

/** Begins where the day itself ends, and is broken in one way only, which the tests refuse. */
function incidentOf({ id }: PlannedDay): string {
  return `import { type Chance, type Check, type Exercise, failed, pick, type Words } from '../../../sandbox/checks/index.ts';

const todo: Words = { es: 'TODO', en: 'TODO' };

/** What somebody left broken: another way on each seed. */
const broken = (chance: Chance): string => pick(chance, ['# TODO: break it']);

const mended: Check = {
  id: '${id}-i1-c1',
  goal: todo,
  kind: 'log',
  run: () => failed({ expected: todo, found: todo, next: todo }),
};

export const exercise: Exercise = {
  id: '${id}-i1',
  seed: 'ventarela-day-${Number(id.slice(1))}-incident',
  seeds: 6,
  title: todo,
  stateFrom: '${id}',
  setup: broken,
  steps: [
    {
      id: '${id}-i1-s1',
      kind: 'challenge',
      title: todo,
      task: todo,
      checks: [mended],
      hints: [todo, todo, todo],
      reason: todo,
    },
  ],
  wrong: { 'first-mistake': '${id}-i1-c1' },
};
`;
}

function notesOf({ id, title }: PlannedDay): string {
  return `# Notes of day ${Number(id.slice(1))}: ${title.en}

For authors; no page shows them.

## What was checked, and where

| claim of the lesson | source |
| --- | --- |
| TODO | TODO: page of the documentation, at its version |

## Decided

TODO: why the exercise is as it is, and what was tried and left out.
`;
}

function lessonOf({ id, title, stages, goals, concepts }: PlannedDay, language: 'es' | 'en'): string {
  const note = (text: string | undefined): string =>
    text === undefined ? 'TODO' : `TODO: ${oneLine(text).replaceAll(/[{}<>]/g, '')}`;
  const question = (number: number): string => `<Question id="${id}-q${number}">

TODO

<Choice right why="TODO">TODO</Choice>

<Choice why="TODO">TODO</Choice>

</Question>`;
  const concept = (index: number): string => `<Concept title="${note(concepts[index]).replaceAll('"', "'")}">

TODO${index === 0 ? `\n\n<Loop stage={${JSON.stringify(stages).replaceAll('"', "'")}} />` : ''}

${question(index + 1)}

</Concept>`;
  const move = (number: number): string => `<Move label="TODO ${number}">

\`\`\`console
$ true
\`\`\`

</Move>`;
  return `---
title: ${JSON.stringify(title[language])}
description: TODO
day: ${id}
terms: []
---

TODO

<Outcomes>

${(goals.length === 0 ? [undefined, undefined] : goals).map((goal) => `- ${note(goal)}`).join('\n')}

</Outcomes>

<Predict id="${id}-p1" options={['TODO', 'TODO', 'TODO']}>
TODO
</Predict>

${[0, 1, 2].map(concept).join('\n\n')}

<WorkedExample title="TODO">

${[1, 2, 3].map(move).join('\n\n')}

</WorkedExample>

<Practice />

<PredictAgain id="${id}-p1" answer={0}>
TODO
</PredictAgain>

<Close>

TODO

<Recall>

${question(4)}

${question(5)}

</Recall>

<RealTool>

TODO

</RealTool>

<Simplified>

TODO

</Simplified>

</Close>
`;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** As Biome writes it. */
function quoted(text: string): string {
  return text.includes("'") && !text.includes('"')
    ? JSON.stringify(text)
    : `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
