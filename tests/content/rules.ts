// What every lesson keeps to. Each rule gives the places where a lesson does not, as `file:line: what`; none when all is well.
import { transformSync } from 'esbuild';
import { parse } from 'yaml';
import { parseScript } from '../../sandbox/machine/shell/index.ts';
import { inspectWorkflow } from '../../sandbox/pipeline/by-hand.ts';
import {
  attribute,
  blocksOfText,
  components,
  everyNode,
  everyString,
  type Language,
  type Lesson,
  lineOf,
  type Node,
  optionCount,
  proseWords,
  textOf,
  wordsIn,
} from './lesson.ts';
import { unwantedIn } from './wording.ts';

type Rule = (lesson: Lesson) => readonly string[];

/** Components that ask something which is answered on the page. */
const asking = ['Question', 'Ordering', 'Matching', 'Quantity'];
const questionsIn = (node: Node): readonly Node[] => everyNode(node).filter(({ name }) => asking.includes(name ?? ''));

/** Diagrams that their author describes; the loop describes itself. */
const drawn = ['Pipeline', 'Pointers', 'Queue', 'Timeline'];

const at = ({ file }: Lesson, node: Node, what: string): string => `${file}:${lineOf(node)}: ${what}`;

/** The parts of a day, in order; those of the close stand in it. */
const order = /^(paragraph )+Outcomes Predict (Concept ){3}WorkedExample Practice PredictAgain Close$/;
const closing = /^(paragraph )+Recall RealTool Simplified$/;

export const parts: Rule = (lesson) => {
  const names = (node: Node): string =>
    (node.children ?? [])
      .filter(({ type }) => type !== 'yaml')
      .map(({ type, name }) => name ?? type)
      .join(' ');
  const close = components(lesson.root, 'Close')[0];
  return [
    ...(order.test(names(lesson.root)) ? [] : [`${lesson.file}: parts: found ${names(lesson.root)}`]),
    ...(close === undefined || closing.test(names(close)) ? [] : [at(lesson, close, `close: found ${names(close)}`)]),
    ...components(lesson.root, 'Concept').flatMap((concept) =>
      questionsIn(concept).length === 1 && asking.includes(concept.children?.at(-1)?.name ?? '')
        ? []
        : [at(lesson, concept, 'a concept ends with its one question')],
    ),
    ...components(lesson.root, 'Recall').flatMap((recall) =>
      questionsIn(recall).length === 2 ? [] : [at(lesson, recall, 'two questions are recalled')],
    ),
    ...components(lesson.root, 'WorkedExample').flatMap((example) => {
      const moves = components(example, 'Move');
      const labels = moves.map((move) => attribute(move, 'label') ?? '');
      return [
        ...(moves.length >= 3 && moves.length <= 5
          ? []
          : [at(lesson, example, `${moves.length} moves, expected 3 to 5`)]),
        ...moves
          .filter((_, index) => labels[index] === '' || labels.indexOf(labels[index] ?? '') < index)
          .map((move) => at(lesson, move, 'label: each move has one of its own')),
      ];
    }),
  ];
};

export const lengths: Rule = (lesson) => {
  const between = (node: Node, what: string, least: number, most: number): readonly string[] => {
    const count = proseWords(node);
    return count >= least && count <= most ? [] : [at(lesson, node, `${what}: ${count} words, not ${least}–${most}`)];
  };
  const scene = (lesson.root.children ?? []).filter(({ type, name }) => type === 'paragraph' || name === 'Outcomes');
  return [
    ...between(lesson.root, 'lesson', 900, 1500),
    ...between({ type: 'scene', children: scene }, 'scene and outcomes', 20, 120),
    ...components(lesson.root, 'Concept').flatMap((concept) => between(concept, 'concept', 150, 300)),
    ...everyNode(lesson.root).flatMap((node) =>
      node.type === 'listItem' && textOf(node).length > 140 ? [at(lesson, node, 'more than 140 characters')] : [],
    ),
  ];
};

const MOST_WORDS_IN_A_SENTENCE = 29;

/** Everything that is read, block by block, with what stands in the attributes of components. */
function spokenOf(lesson: Lesson): readonly (readonly [Node, string])[] {
  return [
    ...blocksOfText(lesson.root).map((block) => [block, textOf(block)] as const),
    ...everyNode(lesson.root).flatMap((node) => [
      // Inline components are in a block's text already; a choice or an item may stand alone.
      ...(['Choice', 'Item'].includes(node.name ?? '') ? [[node, textOf(node)] as const] : []),
      ...(['why', 'low', 'high', 'alt', 'left', 'right', 'title', 'label'] as const).flatMap((name) => {
        const text = node.name === undefined || node.name === null ? undefined : attribute(node, name);
        return text ? [[node, text] as const] : [];
      }),
      ...(node.name === 'Predict'
        ? everyString(attribute(node, 'options') ?? '[]').map((one) => [node, one] as const)
        : []),
    ]),
  ];
}

/** Sentences that are too long. A piece of code counts as one word, in backticks too. */
export function longSentences(text: string, language: Language): readonly string[] {
  const cut = new Intl.Segmenter(language, { granularity: 'sentence' });
  return [...cut.segment(text.replaceAll(/`[^`]*`/g, 'Code').replaceAll(/\s+/g, ' '))]
    .map(({ segment }) => segment.trim())
    .filter((sentence) => wordsIn(sentence) > MOST_WORDS_IN_A_SENTENCE);
}

export const sentences: Rule = (lesson) =>
  spokenOf(lesson).flatMap(([node, text]) =>
    longSentences(text, lesson.language).map((sentence) =>
      at(lesson, node, `a sentence of ${wordsIn(sentence)} words: ${sentence}`),
    ),
  );

/** Words of one region only, calques and filler. */
export const wording: Rule = (lesson) => {
  const said = spokenOf(lesson).flatMap(([node, text]) =>
    unwantedIn(text, lesson.language).map((one) => at(lesson, node, one)),
  );
  const { title, description } = lesson.frontmatter;
  return [
    ...unwantedIn(`${title} ${description}`, lesson.language).map((one) => `${lesson.file}:1: ${one}`),
    ...new Set(said),
  ];
};

/** What `npm run new-day` leaves to be written. */
export const unwritten: Rule = ({ file, source }) =>
  source
    .split('\n')
    .flatMap((line, index) => (/\bTODO\b/.test(line) ? [`${file}:${index + 1}: still to be written`] : []));

/** Attributes that must be there and say something. */
function missing(lesson: Lesson, node: Node, ...names: readonly string[]): readonly string[] {
  return names.flatMap((name) =>
    attribute(node, name)?.trim() ? [] : [at(lesson, node, `a ${node.name} has ${name}`)],
  );
}

function choiceFaults(lesson: Lesson, question: Node): readonly string[] {
  const all = components(question, 'Choice');
  const right = all.filter((choice) => attribute(choice, 'right') !== undefined).length;
  return [
    ...(all.length >= 2 && right >= 1 && right < all.length
      ? []
      : [at(lesson, question, `${right} of ${all.length} choices are right: at least one is, and one is not`)]),
    ...all.flatMap((choice) => missing(lesson, choice, 'why')),
  ];
}

function orderFaults(lesson: Lesson, question: Node): readonly string[] {
  const items = components(question, 'Item');
  return [
    ...(items.length >= 3 ? [] : [at(lesson, question, `${items.length} items, expected three or more`)]),
    ...items.flatMap((item) => missing(lesson, item, 'why')),
  ];
}

function matchFaults(lesson: Lesson, question: Node): readonly string[] {
  const pairs = components(question, 'Pair');
  return [
    ...(pairs.length >= 3 ? [] : [at(lesson, question, `${pairs.length} pairs, expected three or more`)]),
    ...pairs.flatMap((pair) => missing(lesson, pair, 'left', 'right', 'why')),
  ];
}

function quantityFaults(lesson: Lesson, question: Node): readonly string[] {
  const [answer, within] = [Number(attribute(question, 'answer')), Number(attribute(question, 'within') ?? 0)];
  return [
    ...missing(lesson, question, 'answer', 'unit', 'why', 'low', 'high'),
    ...components(question, 'Slip').flatMap((slip) => [
      ...missing(lesson, slip, 'value', 'why'),
      ...(Math.abs(Number(attribute(slip, 'value')) - answer) <= within
        ? [at(lesson, slip, 'its value counts as the right answer')]
        : []),
    ]),
  ];
}

const faultsOf: Readonly<Record<string, (lesson: Lesson, question: Node) => readonly string[]>> = {
  Question: choiceFaults,
  Ordering: orderFaults,
  Matching: matchFaults,
  Quantity: quantityFaults,
};

export const choices: Rule = (lesson) => {
  const questions = questionsIn(lesson.root);
  const ids = questions.map((question) => attribute(question, 'id') ?? '');
  return questions.flatMap((question, index) => [
    ...(new RegExp(`^${lesson.frontmatter.day}-q\\d+$`).test(ids[index] ?? '')
      ? []
      : [at(lesson, question, `id: expected ${lesson.frontmatter.day}-q and a number`)]),
    ...(ids.indexOf(ids[index] ?? '') === index ? [] : [at(lesson, question, `id: ${ids[index]} is taken`)]),
    ...(faultsOf[question.name ?? '']?.(lesson, question) ?? []),
  ]);
};

export const predictions: Rule = (lesson) => {
  const [before] = components(lesson.root, 'Predict');
  const [after] = components(lesson.root, 'PredictAgain');
  if (before === undefined || after === undefined) return [`${lesson.file}: a prediction is made and looked at again`];
  const answer = Number(attribute(after, 'answer'));
  return [
    ...(attribute(before, 'id') === attribute(after, 'id')
      ? []
      : [at(lesson, after, 'id: not that of the prediction')]),
    ...(everyString(attribute(before, 'options') ?? '[]')[answer] ? [] : [at(lesson, after, 'answer: no such option')]),
  ];
};

/** Each term of the lesson's head is a link in its text, and the other way round. @param glossary ids of content/glossary.yaml. */
export const terms =
  (glossary: readonly string[]): Rule =>
  (lesson) => {
    const used = components(lesson.root, 'Term').map((term) => attribute(term, 'id') ?? '');
    const named = lesson.frontmatter.terms;
    return [
      ...[...new Set([...used, ...named])]
        .filter((id) => !glossary.includes(id))
        .map((id) => `${lesson.file}: ${id} is not in content/glossary.yaml`),
      ...named.filter((id) => !used.includes(id)).map((id) => `${lesson.file}: terms: ${id} is not in the text`),
      ...used.filter((id) => !named.includes(id)).map((id) => `${lesson.file}: terms: ${id} is missing`),
    ];
  };

const esbuildLoaders = { js: 'js', javascript: 'js', mjs: 'js', ts: 'ts', typescript: 'ts' } as const;

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  yaml: parse,
  yml: parse,
  json: JSON.parse,
  sh: parseScript,
  bash: parseScript,
  ...Object.fromEntries(
    Object.entries(esbuildLoaders).map(([name, loader]) => [name, (text: string) => transformSync(text, { loader })]),
  ),
};

const isCode = ({ type, lang }: Node): boolean => type === 'code' && lang !== 'console' && lang !== 'text';

/** Code that is shown as valid is read by the parser of its language. `text` is for what has no language. */
export const code: Rule = (lesson) =>
  everyNode(lesson.root)
    .filter(isCode)
    .flatMap((block) => {
      const reader = readers[block.lang ?? ''];
      if (reader === undefined) return [at(lesson, block, `no parser is known here for '${block.lang ?? ''}'`)];
      try {
        reader(block.value ?? '');
        return [];
      } catch (error) {
        return [at(lesson, block, String(error))];
      }
    });

/** YAML with `on` and `jobs` is a workflow file: the sandbox must take it without a word. */
export async function workflows(lesson: Lesson): Promise<readonly string[]> {
  const blocks = everyNode(lesson.root).filter(
    (node) =>
      isCode(node) &&
      /^ya?ml$/.test(node.lang ?? '') &&
      /^on:/m.test(node.value ?? '') &&
      /^jobs:/m.test(node.value ?? ''),
  );
  const found = await Promise.all(
    blocks.map(async (block) => {
      const { problems } = await inspectWorkflow('.github/workflows/lesson.yml', block.value ?? '', lesson.language);
      return problems.map(({ line, message }) => `${lesson.file}:${lineOf(block) + line}: ${message}`);
    }),
  );
  return found.flat();
}

/** Every picture says what it shows. */
export const pictures: Rule = (lesson) =>
  everyNode(lesson.root)
    .filter((node) => node.type === 'image' || ['img', ...drawn].includes(node.name ?? ''))
    .filter((node) => !(node.alt ?? attribute(node, 'alt'))?.trim())
    .map((node) => at(lesson, node, 'a picture has a text that says what it shows'));

/** Links within the site lead to pages of the same language. @param days names of the days that can be opened. */
export const links =
  (days: Readonly<Record<Language, readonly string[]>>): Rule =>
  (lesson) => {
    const pages = ['', 'days/', 'glossary/', 'about/', ...days[lesson.language].map((name) => `days/${name}/`)];
    const known = pages.map((page) => `/${lesson.language}/${page}`);
    return everyNode(lesson.root).flatMap((node) => {
      const target = node.type === 'link' ? node.url : node.name === 'a' ? attribute(node, 'href') : undefined;
      if (target === undefined || /^https:\/\//.test(target) || known.includes(target.replace(/#.*$/, ''))) return [];
      return [at(lesson, node, `a link to ${target}, where there is no page`)];
    });
  };

/** What must be the same in every language: ids, number of choices, which are right, the prediction, the terms. */
export function skeletonOf(lesson: Lesson): unknown {
  const prediction = components(lesson.root, 'Predict').map((one) => [attribute(one, 'id'), optionCount(one)]);
  const again = components(lesson.root, 'PredictAgain').map((one) => [attribute(one, 'id'), attribute(one, 'answer')]);
  const questions = questionsIn(lesson.root).map((question) => [
    question.name,
    attribute(question, 'id'),
    components(question, 'Choice').map((choice) => attribute(choice, 'right') !== undefined),
    components(question, 'Item').length + components(question, 'Pair').length,
    [question, ...components(question, 'Slip')].map((one) =>
      ['answer', 'within', 'value'].map((name) => attribute(one, name)),
    ),
  ]);
  const transcripts = everyNode(lesson.root).filter(({ lang }) => lang === 'console').length;
  const code = everyNode(lesson.root).flatMap((node) => (isCode(node) ? [node.lang] : []));
  const moves = components(lesson.root, 'Move').length;
  const figures = everyNode(lesson.root).flatMap(({ name }) => (['Loop', ...drawn].includes(name ?? '') ? [name] : []));
  const { day, terms } = lesson.frontmatter;
  return { day, terms, prediction, again, questions, transcripts, code, moves, figures };
}
