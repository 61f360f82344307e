// Reads the lessons of `content/` with the parser that the site is built with.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mdxToMdast } from 'satteri';
import { parse } from 'yaml';

export const languages = ['es', 'en'] as const;
export type Language = (typeof languages)[number];

/** A node of a lesson's syntax tree (mdast with MDX). */
export interface Node {
  readonly type: string;
  readonly children?: readonly Node[];
  readonly position?: { readonly start: { readonly line: number; readonly offset?: number } };
  readonly value?: string;
  /** Of a component. */
  readonly name?: string | null;
  readonly attributes?: readonly {
    readonly name?: string;
    readonly value?: string | { readonly value: string } | null;
  }[];
  /** Of a fenced block. */
  readonly lang?: string | null;
  /** Of a link or a picture. */
  readonly url?: string;
  readonly alt?: string | null;
}

export interface Lesson {
  readonly language: Language;
  /** `01-one-turn-of-the-loop`. */
  readonly name: string;
  /** `content/es/days/01-one-turn-of-the-loop.mdx`. */
  readonly file: string;
  readonly source: string;
  readonly frontmatter: {
    readonly title: string;
    readonly description: string;
    readonly day: string;
    readonly terms: readonly string[];
  };
  readonly root: Node;
}

/** Names of the days that have a lesson in some language. */
export const lessonNames: readonly string[] = [
  ...new Set(languages.flatMap((language) => readdirSync(`content/${language}/days`))),
]
  .map((file) => file.replace(/\.mdx$/, ''))
  .sort();

/** A day's lesson in each language in which it is written. */
export function lessonsOf(name: string): readonly Lesson[] {
  return languages.flatMap((language) => {
    const file = `content/${language}/days/${name}.mdx`;
    return existsSync(file) ? [readLesson(language, name, file, readFileSync(file, 'utf8'))] : [];
  });
}

export function readLesson(language: Language, name: string, file: string, source: string): Lesson {
  // Its type also knows directives, which lessons do not use.
  const root = mdxToMdast(source) as Node;
  const frontmatter = parse(root.children?.find(({ type }) => type === 'yaml')?.value ?? '');
  return { language, name, file, source, frontmatter, root };
}

/** A node and everything in it, in the order of the text. */
export function everyNode(node: Node): readonly Node[] {
  return [node, ...(node.children ?? []).flatMap(everyNode)];
}

/** The components of that name, however deep. */
export function components(within: Node, name: string): readonly Node[] {
  return everyNode(within).filter((node) => node.name === name);
}

/** A component's attribute: text as it is, `{expressions}` as their source, '' for one without a value. */
export function attribute({ attributes }: Node, name: string): string | undefined {
  const found = attributes?.find((one) => one.name === name);
  if (found === undefined) return undefined;
  return typeof found.value === 'object' ? (found.value?.value ?? '') : (found.value ?? '');
}

/** How many strings an attribute such as `options={['a', 'b']}` holds. */
export function optionCount(node: Node): number {
  return everyString(attribute(node, 'options') ?? '[]').length;
}

/** The strings of a list written in JavaScript. */
export function everyString(list: string): readonly string[] {
  return parse(list.replaceAll(/\\'/g, "''")) as readonly string[];
}

/** What is read aloud of a node; each piece of code counts as one word. */
export function textOf(node: Node): string {
  if (node.type === 'code' || node.type === 'yaml') return '';
  if (node.type === 'inlineCode') return 'Code';
  return node.value ?? (node.children ?? []).map(textOf).join('');
}

export const wordsIn = (text: string): number => text.match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0;

/** Paragraphs, list items' texts, table cells and single-line components: the pieces that sentences do not cross. */
export function blocksOfText(node: Node): readonly Node[] {
  if (['code', 'yaml'].includes(node.type)) return [];
  if (['paragraph', 'heading', 'tableCell'].includes(node.type)) return [node];
  return (node.children ?? []).flatMap(blocksOfText);
}

/** Words of prose: transcripts, attributes and code blocks are not counted. */
export function proseWords(node: Node): number {
  return blocksOfText(node).reduce((sum, block) => sum + wordsIn(textOf(block)), 0);
}

export const lineOf = (node: Node): number => node.position?.start.line ?? 0;
