import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { headersFile } from './headers.ts';
import { hashSource, policyOf, withPolicy } from './policy.ts';

const page = (inner: string): string =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"><title>t</title>${inner}</head><body></body></html>`;
const directive = (policy: string, name: string): readonly string[] =>
  policy
    .split('; ')
    .find((one) => one.startsWith(`${name} `))
    ?.split(' ')
    .slice(1) ?? [];

test('an inline script is allowed by the hash of its very text, one with a source by its origin', () => {
  const policy = policyOf(page('<script>let a = 1;\n</script><script type="module" src="/x.js"></script>'), undefined);
  const expected = createHash('sha256').update('let a = 1;\n').digest('base64');
  expect(directive(policy, 'script-src')).toEqual(["'self'", "'wasm-unsafe-eval'", `'sha256-${expected}'`]);
});

test('no page allows inline script or eval as such, and only a page with a workbench inline styles', () => {
  for (const frame of [undefined, 'boot()']) {
    const policy = policyOf(page('<script>1</script><p style="--a: &quot;b&quot;">'), frame);
    expect(directive(policy, 'script-src')).not.toContain("'unsafe-inline'");
    expect(directive(policy, 'script-src')).not.toContain("'unsafe-eval'");
    expect(directive(policy, 'default-src')).toEqual(["'none'"]);
    expect(directive(policy, 'style-src').includes("'unsafe-inline'")).toBe(frame !== undefined);
    expect(directive(policy, 'style-src').includes(hashSource('--a: "b"'))).toBe(frame === undefined);
    expect(directive(policy, 'script-src').includes(hashSource('boot()'))).toBe(frame !== undefined);
  }
});

test('only the page of real Node may frame other origins, and those of the container only', () => {
  expect(policyOf(page('<p>'), 'boot()')).not.toContain('frame-src');
  expect(policyOf(page('<p>'), 'boot()')).not.toContain('https:');
  const policy = policyOf(page('<section id="real-node">'), 'boot()');
  expect(directive(policy, 'frame-src')).toEqual(['https://stackblitz.com', 'https://*.webcontainer-api.io']);
  expect(directive(policy, 'connect-src')).toEqual(["'self'"]);
  expect(directive(policy, 'script-src').some((source) => source.startsWith('https:'))).toBe(false);
});

test('the policy stands before anything that could run', () => {
  const html = withPolicy(page('<script>1</script>'), "default-src 'none'");
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script>'));
  expect(() => withPolicy('<title>t</title>', '')).toThrow('no place for its policy');
});

test('only the page of real Node is isolated from other origins', () => {
  const isolated = headersFile('/')
    .split('\n\n')
    .filter((rule) => rule.includes('Cross-Origin-Embedder-Policy'));
  expect(isolated).toEqual(
    ['es', 'en'].map((language) => `/${language}/real-node/*\n  Cross-Origin-Embedder-Policy: require-corp`),
  );
});

test('what is named after its content is kept for a year, below any base', () => {
  const text = headersFile('/noventa');
  expect(text).toMatch(/^\/noventa\/\*$/m);
  expect(text).toMatch(/^\/noventa\/_astro\/\*\n {2}! Cache-Control\n {2}Cache-Control: public, max-age=31536000/m);
  expect(text).toMatch(
    /^\/noventa\/sandbox\/manifest\.json\n {2}! Cache-Control\n {2}Cache-Control: .*must-revalidate$/m,
  );
});

test('only the page from which a repository is pushed may reach other hosts', () => {
  expect(directive(policyOf(page('<p>'), undefined), 'connect-src')).toEqual(["'self'"]);
  expect(directive(policyOf(page('<p>'), 'boot()'), 'connect-src')).toEqual(["'self'"]);
  expect(directive(policyOf(page('<section id="repository">'), undefined), 'connect-src')).toEqual([
    "'self'",
    'https:',
  ]);
});
