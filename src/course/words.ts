import { parse } from 'yaml';
import en from '../../content/en/ui.yaml?raw';
import es from '../../content/es/ui.yaml?raw';
import type { Language } from '../../sandbox/machine/words.ts';

type Tree = { readonly [key: string]: string | Tree };

const trees: Readonly<Record<Language, Tree>> = { es: parse(es), en: parse(en) };

/** A sentence of the site: `say('es', 'map.done', { count: 2 })`. @throws when the language's `ui.yaml` lacks it. */
export function say(language: Language, key: string, values: Readonly<Record<string, string | number>> = {}): string {
  let found: string | Tree | undefined = trees[language];
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  if (typeof found !== 'string') throw new Error(`content/${language}/ui.yaml has no "${key}"`);
  return found.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}

/** Every key of a language's words. */
export function keysOf(language: Language): readonly string[] {
  const walk = (tree: Tree, path: string): string[] =>
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [path + key] : walk(value, `${path}${key}.`),
    );
  return walk(trees[language], '').sort();
}

/** The language of a page, from Astro's `currentLocale`. */
export function languageOf(locale: string | undefined): Language {
  return locale === 'en' ? 'en' : 'es';
}
