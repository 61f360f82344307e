// The only things beyond ECMAScript that the sandbox may use: every host has them and they give the same result everywhere.
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}
declare function structuredClone<T>(value: T): T;
declare class AbortController {
  readonly signal: import('./machine/command.ts').AbortSignal;
  abort(): void;
}
/** A file's text: vite and the bundler of the hosts both give it. */
declare module '*?raw' {
  const text: string;
  export default text;
}
