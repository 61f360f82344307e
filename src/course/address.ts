import type { Language } from '../../sandbox/machine/words.ts';
import type { Day } from './curriculum.ts';

export const languages: readonly Language[] = ['es', 'en'];

/** `content/es/days/01-first.mdx` is the entry `es/days/01-first`. Undefined when it is not a lesson's. */
export function lessonOf(entryId: string): { readonly language: Language; readonly name: string } | undefined {
  const [language, folder, name, ...rest] = entryId.split('/');
  const known = languages.find((one) => one === language);
  if (known === undefined || folder !== 'days' || name === undefined || rest.length > 0) return undefined;
  return { language: known, name };
}

/** `d01` with slug `first` is `01-first`: the name of its folder in `exercises/`, its lessons and its address. */
export function nameOf(day: Pick<Day, 'id' | 'slug'>): string {
  return `${day.id.slice(1)}-${day.slug}`;
}

/** A path of this site. @param base the site's base path, with or without `/` at its end. */
export function address(base: string, language: Language, ...parts: readonly string[]): string {
  const root = base.endsWith('/') ? base : `${base}/`;
  return `${root}${[language, ...parts].join('/')}/`;
}

/** The same page in another language: only the part after the base changes. */
export function inLanguage(path: string, base: string, language: Language): string {
  const root = base.endsWith('/') ? base : `${base}/`;
  const [, ...rest] = path.slice(root.length).split('/');
  return `${root}${[language, ...rest].join('/')}`;
}
