// What every lesson keeps to. Each rule gives the places where a lesson does not, as `file:line: what`; none when all is well.
import { transformSync } from 'esbuild';
import { parse } from 'yaml';
import { parseScript } from '../../sandbox/machine/shell/index.ts';
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

type Rule = (lesson: Lesson) => readonly string[];

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
      components(concept, 'Question').length === 1 && concept.children?.at(-1)?.name === 'Question'
        ? []
        : [at(lesson, concept, 'a concept ends with its one question')],
    ),
    ...components(lesson.root, 'Recall').flatMap((recall) =>
      components(recall, 'Question').length === 2 ? [] : [at(lesson, recall, 'two questions are recalled')],
    ),
    ...components(lesson.root, 'WorkedExample').flatMap((example) => {
      const moves = components(example, 'Move').length;
      return moves >= 3 && moves <= 5 ? [] : [at(lesson, example, `${moves} moves, expected 3 to 5`)];
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

export const sentences: Rule = (lesson) => {
  const cut = new Intl.Segmenter(lesson.language, { granularity: 'sentence' });
  const long = (text: string): readonly string[] =>
    [...cut.segment(text.replaceAll(/\s+/g, ' '))]
      .map(({ segment }) => segment.trim())
      .filter((sentence) => wordsIn(sentence) > MOST_WORDS_IN_A_SENTENCE);
  const spoken: readonly (readonly [Node, string])[] = [
    ...blocksOfText(lesson.root).map((block) => [block, textOf(block)] as const),
    ...components(lesson.root, 'Choice').flatMap((choice) => [
      [choice, textOf(choice)] as const,
      [choice, attribute(choice, 'why') ?? ''] as const,
    ]),
  ];
  return spoken.flatMap(([node, text]) =>
    long(text).map((sentence) => at(lesson, node, `a sentence of ${wordsIn(sentence)} words: ${sentence}`)),
  );
};

export const choices: Rule = (lesson) =>
  components(lesson.root, 'Question').flatMap((question) => {
    const all = components(question, 'Choice');
    const right = all.filter((choice) => attribute(choice, 'right') !== undefined).length;
    return [
      ...(attribute(question, 'id')?.startsWith(`${lesson.frontmatter.day}-q`)
        ? []
        : [at(lesson, question, `id: expected ${lesson.frontmatter.day}-q and a number`)]),
      ...(all.length >= 2 && right >= 1 && right < all.length
        ? []
        : [at(lesson, question, `${right} of ${all.length} choices are right: at least one is, and one is not`)]),
      ...all.flatMap((choice) => (attribute(choice, 'why')?.trim() ? [] : [at(lesson, choice, 'a choice has a why')])),
    ];
  });

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

/** Code that is shown as valid is read by the parser of its language. `text` is for what has no language. */
export const code: Rule = (lesson) =>
  everyNode(lesson.root)
    .filter(({ type, lang }) => type === 'code' && lang !== 'console' && lang !== 'text')
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

/** Every picture says what it shows. */
export const pictures: Rule = (lesson) =>
  everyNode(lesson.root)
    .filter((node) => node.type === 'image' || node.name === 'img')
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
  const questions = components(lesson.root, 'Question').map((question) => [
    attribute(question, 'id'),
    components(question, 'Choice').map((choice) => attribute(choice, 'right') !== undefined),
  ]);
  const transcripts = everyNode(lesson.root).filter(({ lang }) => lang === 'console').length;
  return { day: lesson.frontmatter.day, terms: lesson.frontmatter.terms, prediction, again, questions, transcripts };
}
