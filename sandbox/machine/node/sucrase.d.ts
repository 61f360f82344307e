// The parser alone, which sucrase has types for under other names.
declare module 'sucrase/dist/parser/index.js' {
  export function parse(
    text: string,
    jsx: boolean,
    typescript: boolean,
    flow: boolean,
  ): { readonly tokens: readonly import('./type-spans.ts').Token[] };
}
