// A bare Starlight page with the text of a lesson: what our lesson page is measured against.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Not below node_modules: Astro takes what stands there for packages.
const folder = '.bench/bare-site';

/** Builds it from the text that a built lesson shows. @returns the folder with the built site; its page is `/es/lesson/`. */
export function buildBareSite(lessonHtml) {
  const text = textOf(readFileSync(lessonHtml, 'utf8'));
  const page = join(folder, 'src/content/docs/es/lesson.md');
  const source = `---\ntitle: Lesson\n---\n\n${text}\n`;
  const dist = join(folder, 'dist');
  if (existsSync(page) && existsSync(dist) && readFileSync(page, 'utf8') === source) return dist;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'src/content/docs/es'), { recursive: true });
  writeFileSync(page, source);
  writeFileSync(
    join(folder, 'src/content.config.ts'),
    `import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
`,
  );
  writeFileSync(
    join(folder, 'astro.config.mjs'),
    `import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
export default defineConfig({ integrations: [starlight({ title: 'Bare', locales: { es: { label: 'Español' } }, defaultLocale: 'es' })] });
`,
  );
  writeFileSync(
    join(folder, 'package.json'),
    '{ "type": "module", "dependencies": { "@astrojs/starlight": "*", "astro": "*" } }\n',
  );
  const { status } = spawnSync('astro', ['build', '--silent', '--root', folder], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the bare site could not be built');
  return dist;
}

/** Paragraphs, headings, lists and code of the page's main part, as Markdown. */
function textOf(html) {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';
  const blocks = main
    .replaceAll(/<(script|style|svg|template)[\s\S]*?<\/\1>/g, '')
    .matchAll(/<(p|li|h[1-4]|pre)\b[^>]*>([\s\S]*?)<\/\1>/g);
  const words = (part) =>
    part
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll(/[{}<>]/g, '')
      .trim();
  const marks = { p: '', li: '- ', h1: '## ', h2: '## ', h3: '### ', h4: '#### ' };
  return [...blocks]
    .map(([, tag, part]) =>
      tag === 'pre' ? `\`\`\`\n${words(part)}\n\`\`\`` : `${marks[tag]}${words(part).replaceAll(/\s+/g, ' ')}`,
    )
    .join('\n\n');
}
