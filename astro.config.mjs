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
      customCss: ['./src/styles/tokens.css', './src/styles/page.css', './src/styles/prose.css'],
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
            terminalBackground: 'var(--sunken)',
            terminalTitlebarBackground: 'var(--sunken)',
            terminalTitlebarDotsOpacity: '0',
            terminalTitlebarBorderBottomColor: 'var(--line)',
          },
        },
      },
    }),
  ],
});
