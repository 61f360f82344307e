import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { transcripts } from './src/lesson/transcript.ts';

/** Where the site is served: `SITE` its origin, `BASE` the path below it. */
const site = process.env.SITE ?? 'http://localhost:4321';
const base = process.env.BASE ?? '/';

const own = (name) => `./src/site/${name}.astro`;

export default defineConfig({
  site,
  base,
  output: 'static',
  trailingSlash: 'always',
  prefetch: false,
  // Nothing between the page and its first paint but the font.
  build: { inlineStylesheets: 'always' },
  // A script inlined into the page misses what Vite adds to its dynamic imports at the end of the build.
  vite: { build: { assetsInlineLimit: 0 } },
  integrations: [
    starlight({
      title: 'Noventa',
      titleDelimiter: '·',
      favicon: '/mark.svg',
      defaultLocale: 'es',
      locales: { es: { label: 'Español', lang: 'es' }, en: { label: 'English', lang: 'en' } },
      disable404Route: true,
      pagination: false,
      tableOfContents: false,
      markdown: { headingLinks: false },
      customCss: ['tokens', 'page', 'prose', 'code', 'questions'].map((name) => `./src/styles/${name}.css`),
      components: {
        ThemeProvider: own('ThemeProvider'),
        Head: own('Head'),
        PageFrame: own('PageFrame'),
        Header: own('Header'),
        Search: own('Search'),
        ThemeSelect: own('ThemeSelect'),
        LanguageSelect: own('LanguageSelect'),
        TwoColumnContent: own('TwoColumnContent'),
        ContentPanel: own('ContentPanel'),
        PageTitle: own('PageTitle'),
        MarkdownContent: own('MarkdownContent'),
        Footer: own('Footer'),
      },
      expressiveCode: {
        themes: ['github-dark-default', 'github-light-default'],
        plugins: [transcripts()],
        useStarlightUiThemeColors: false,
        // Below our own styles, which give its colours to readers without script and to paper too.
        cascadeLayer: 'code',
        defaultProps: { wrap: true, overridesByLang: { console: { frame: 'none' } } },
        styleOverrides: {
          borderRadius: 'var(--radius)',
          borderColor: 'var(--line)',
          codeBackground: 'var(--sunken)',
          codeFontFamily: 'var(--mono)',
          codeFontSize: '0.875rem',
          uiFontFamily: 'var(--sans)',
          frames: {
            shadowColor: 'transparent',
            editorBackground: 'var(--sunken)',
          },
        },
      },
    }),
  ],
});
