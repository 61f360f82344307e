// From the files of the built site to what can be kept for later. Pure: the build gives it names, texts and digests.
import { readingSet, type SiteFile, type SiteMap } from './contract.ts';

export interface BuiltFile {
  /** Path below the site's folder: `es/days/01-x/index.html`. */
  readonly path: string;
  readonly bytes: number;
  readonly digest: string;
  /** The text of pages and scripts. */
  readonly text?: string;
}

/** Names that change with the content need no revision. */
const namedByContent = /^_astro\/|^sandbox\/[^/]+\.[0-9a-f]{10}\.[a-z]+$/;
/** What no page asks for: read by hosts and search engines, or only while a search is made in another way. */
const never =
  /^(_headers|sitemap.*\.xml|404\.html|sw\.js|noventa-course\.zip)$|^\w+\/real-node\/|^sandbox\/program\.|^pagefind\/pagefind-(ui|modular-ui|component-ui|highlight)/;
/** Scripts are shared in ways that only the bundler knows: a workbench is kept with all of them. */
const ofBench = /^_astro\/|^sandbox\/(engine(-\w+)?|quickjs)\./;

/** @param base the site's path, ending in `/`. @throws when a page names a file of the site that is not there. */
export function siteMap(built: readonly BuiltFile[], base: string): SiteMap {
  const wanted = built.filter(({ path }) => !never.test(path)).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const at = new Map(wanted.map(({ path }, index) => [path, index]));
  const files: SiteFile[] = wanted.map(({ path, bytes, digest }) => ({
    url: path.replace(/index\.html$/, ''),
    revision: namedByContent.test(path) ? null : digest,
    bytes,
  }));

  const indexOf = (path: string, by: string): number => {
    const index = at.get(path);
    if (index === undefined) throw new Error(`${by} names ${path}, which is not part of the site`);
    return index;
  };
  const own = (reference: string): string | undefined =>
    reference.startsWith(base) ? reference.slice(base.length) : undefined;

  /** What a script imports at once, and what that imports. */
  function withImports(path: string, found: Set<string>): void {
    if (found.has(path)) return;
    found.add(path);
    const text = wanted[at.get(path) ?? -1]?.text ?? '';
    for (const [, name = ''] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
      withImports(`_astro/${name}`, found);
  }

  function shownBy(page: BuiltFile): readonly number[] {
    const paths = new Set<string>([page.path]);
    for (const [, reference = ''] of (page.text ?? '').matchAll(/\s(?:src|href)="([^"]+)"/g)) {
      const path = own(reference);
      if (path === undefined || !/^(_astro\/|mark\.svg$)/.test(path)) continue;
      if (path.endsWith('.js')) withImports(path, paths);
      else paths.add(path);
    }
    return [...paths].map((path) => indexOf(path, page.path));
  }

  const sets: Record<string, readonly number[]> = {};
  const pages = wanted.filter(({ path }) => path.endsWith('.html'));
  for (const page of pages) {
    sets[readingSet(page.path.replace(/index\.html$/, ''))] = shownBy(page);
  }
  const bench = wanted.flatMap(({ path }, index) => (ofBench.test(path) ? [index] : []));

  for (const language of ['es', 'en']) {
    const inLanguage = pages.filter(({ path }) => path.startsWith(`${language}/`));
    const beside: number[] = [];
    for (const page of inLanguage) {
      const shown = sets[readingSet(page.path.replace(/index\.html$/, ''))] ?? [];
      const day = /\sdata-lesson="(d\d\d)"/.exec(page.text ?? '')?.[1];
      if (day === undefined) beside.push(...shown);
      else sets[`${language}/${day}`] = [...new Set([...shown, ...bench, ...filesOfDay(page)])];
    }
    const search = wanted.flatMap(({ path }, index) => (isSearchOf(language).test(path) ? [index] : []));
    sets[`about:${language}`] = [...new Set([...beside, ...search])];
  }
  return { files, sets };

  /** The day's own files, as the page names them for its workbench and its incident. */
  function filesOfDay(page: BuiltFile): readonly number[] {
    const named = [...(page.text ?? '').matchAll(/\sdata-(?:files|incident)="([^"]*)"/g)];
    return named
      .flatMap(([, names = '{}']) =>
        Object.values(JSON.parse(names.replaceAll('&quot;', '"')) as Record<string, unknown>),
      )
      .filter((name) => typeof name === 'string')
      .map((name) => indexOf(`sandbox/${name}`, page.path));
  }
}

function isSearchOf(language: string): RegExp {
  return new RegExp(
    `^pagefind/(pagefind\\.js|pagefind-worker\\.js|pagefind-entry\\.json|pagefind\\.${language}_|wasm\\.${language}\\.|(index|fragment|filter)/${language}_)`,
  );
}
