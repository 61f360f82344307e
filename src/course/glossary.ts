import { parse } from 'yaml';
import source from '../../content/glossary.yaml?raw';

export interface Term {
  readonly id: string;
  readonly es: { readonly term: string; readonly meaning: string };
  readonly en: { readonly term: string; readonly meaning: string };
}

/** Every term of the course, sorted by id. */
export const glossary: readonly Term[] = parse(source);

/** @throws when a lesson names a term that content/glossary.yaml does not have. */
export function termOf(id: string): Term {
  const term = glossary.find((one) => one.id === id);
  if (term === undefined) throw new Error(`content/glossary.yaml has no term "${id}"`);
  return term;
}
