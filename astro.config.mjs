import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { authoring } from './src/authoring/integration.ts';
import { hosting } from './src/hosting/index.ts';
import { transcripts } from './src/lesson/transcript.ts';
import { stylesWithCode } from './src/workbench/styles-with-code.ts';

/** Where the site is served: `SITE` its origin, `BASE` the path below it. */
const site = process.env.SITE ?? 'http://localhost:4321';
const base = process.env.BASE ?? '/';

export default defineConfig({
  site,
  base,
  output: 'static',
  trailingSlash: 'ignore',
  prefetch: false,
  // Nothing between the page and its first paint but the font.
  build: { inlineStylesheets: 'always' },
  // A script inlined into the page misses what Vite adds to its dynamic imports at the end of the build.
  vite: { build: { assetsInlineLimit: 0 }, plugins: [stylesWithCode()] },
  integrations: [
    authoring(),
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
      customCss: [
        './src/styles/tokens.css',
        './src/styles/page.css',
        './src/styles/prose.css',
        './src/styles/code.css',
        './src/styles/questions.css',
        './src/styles/question-kinds.css',
      ],
      components: {
        ThemeProvider: './src/site/ThemeProvider.astro',
        Head: './src/site/Head.astro',
        PageFrame: './src/site/PageFrame.astro',
        Header: './src/site/Header.astro',
        Search: './src/site/Search.astro',
        ThemeSelect: './src/site/ThemeSelect.astro',
        LanguageSelect: './src/site/LanguageSelect.astro',
        TwoColumnContent: './src/site/TwoColumnContent.astro',
        ContentPanel: './src/site/ContentPanel.astro',
        PageTitle: './src/site/PageTitle.astro',
        MarkdownContent: './src/site/MarkdownContent.astro',
        Footer: './src/site/Footer.astro',
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
    hosting(base),
  ],
});
