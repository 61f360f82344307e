// What a page and the service worker say to each other, and what both know of the built site.

/** A file of the site: its URL relative to the worker's, and a revision where the name does not change with the content. */
export interface SiteFile {
  readonly url: string;
  readonly revision: string | null;
  readonly bytes: number;
}

/**
 * Everything that can be kept, as sets of indexes into `files`. Names of sets: `read:PATH`, a page with what it shows; `bench`, what
 * every workbench needs; `es/d01`, a day with its workbench; `about:es`, the pages beside the days and the search of a language.
 */
export interface SiteMap {
  readonly files: readonly SiteFile[];
  readonly sets: Readonly<Record<string, readonly number[]>>;
}

export type ToWorker =
  /** Keep these sets from now on; answered with `kept` after each file and once at the end. */
  | { readonly ask: 'keep'; readonly sets: readonly string[] }
  | { readonly ask: 'state' }
  /** Go over to the new version now. */
  | { readonly ask: 'takeOver' };

export type FromWorker =
  | { readonly tell: 'progress'; readonly done: number; readonly files: number }
  | { readonly tell: 'state'; readonly days: readonly string[]; readonly bytes: number }
  | { readonly tell: 'failed'; readonly why: string };

/** The page's own set: its path below the base. */
export const readingSet = (path: string): string => `read:${path}`;
