// The Content-Security-Policy of a built page, as a `meta` element: it holds on hosts that can set no header, too.
import { createHash } from 'node:crypto';

/** The sources of https://www.w3.org/TR/CSP3/ by directive, before the page's own hashes. */
type Policy = Readonly<Record<string, readonly string[]>>;

const base: Policy = {
  'default-src': ["'none'"],
  // WebAssembly for the search and, in the frame, which inherits this policy, for QuickJS.
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'worker-src': ["'self'"],
  'manifest-src': ["'self'"],
  'frame-src': [],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

/** The engine's worker is made from a blob in the frame. The editor and the terminal write their styles while they run. */
const withWorkbench: Policy = {
  'script-src': ['blob:'],
  'style-src': ["'unsafe-inline'"],
  'worker-src': ['blob:'],
};

/** `'sha256-…'` of a script's or style's text, as CSP3 §8.3 wants it. */
export function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** The texts of inline elements of one name: `script` without `src`, `style`. */
function inlineTexts(html: string, name: 'script' | 'style'): readonly string[] {
  const elements = html.matchAll(new RegExp(`<${name}(?<attributes>[^>]*)>(?<text>.*?)</${name}>`, 'gs'));
  return [...elements].flatMap(({ groups }) => {
    const { attributes = '', text = '' } = groups ?? {};
    return /\ssrc=|type="application\/(ld\+)?json"/.test(attributes) || text === '' ? [] : [text];
  });
}

/** What stands in `style` attributes, with the entities that Astro writes resolved. */
function styleAttributes(html: string): readonly string[] {
  return [...html.matchAll(/<[^>]+?\sstyle="([^"]*)"/g)].map(([, value = '']) =>
    value.replaceAll('&#34;', '"').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&'),
  );
}

/**
 * The policy of a built page: nothing inline runs but what stands in the page as it was built.
 * @param frameScript the script of the sandbox's frame, which inherits the policy; only where there is a workbench.
 */
export function policyOf(html: string, frameScript: string | undefined): string {
  const scripts = [...inlineTexts(html, 'script'), ...(frameScript === undefined ? [] : [frameScript])].map(hashSource);
  const attributes = styleAttributes(html).map(hashSource);
  // With 'unsafe-inline' hashes would switch it off again.
  const styles =
    frameScript === undefined
      ? [
          ...inlineTexts(html, 'style').map(hashSource),
          ...(attributes.length === 0 ? [] : ["'unsafe-hashes'"]),
          ...attributes,
        ]
      : [];
  const own: Policy = { 'script-src': scripts, 'style-src': styles };
  // A learner's repository is pushed to a host of their choice, from this one page.
  const pushes: Policy = html.includes('id="repository"') ? { 'connect-src': ['https:'] } : {};
  // The only page that loads anything of another origin, once its button is pressed: a container, and previews of what runs in it.
  const container: Policy = html.includes('id="real-node"')
    ? { 'frame-src': ['https://stackblitz.com', 'https://*.webcontainer-api.io'] }
    : {};
  const added = frameScript === undefined ? [own, pushes] : [withWorkbench, own, container];
  return Object.entries(base)
    .map(([directive, sources]) => [directive, ...sources, ...added.flatMap((more) => more[directive] ?? [])])
    .filter(({ length }) => length > 1)
    .map((parts) => [...new Set(parts)].join(' '))
    .join('; ');
}

/** The page with its policy as the first thing after its encoding. @throws when the page names no encoding. */
export function withPolicy(html: string, policy: string): string {
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  const put = html.replace(/<meta charset="?utf-8"?\s*\/?>/i, (charset) => charset + meta);
  if (put === html) throw new Error('a page without <meta charset="utf-8"> has no place for its policy');
  return put;
}
