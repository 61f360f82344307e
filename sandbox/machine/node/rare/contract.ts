// What few programs need of Node comes in a part of its own: the texts of modules, and work that is too heavy for QuickJS.

export interface RareNode {
  /** The texts of modules of the library, by their names. */
  readonly modules: Readonly<Record<string, string>>;
  /** A program's text in JavaScript that QuickJS reads. */
  readonly withoutUsing: (text: string) => string;
  /** Work on bytes that modules ask for by name. @throws Error whose message the program gets */
  readonly work: Readonly<Record<string, (settings: string, ...bytes: Uint8Array[]) => Uint8Array>>;
}

/** The modules that a program can import from there. */
export const rareModules: ReadonlySet<string> = new Set(
  `async_hooks diagnostics_channel dns dns/promises net readline readline/promises vm worker_threads zlib`.split(' '),
);

const named = [...rareModules].filter((name) => !name.includes('/')).join('|');
const imported = new RegExp(`['"](?:node:)?(?:${named})(?:/promises)?['"]`);
const secrets =
  /\b(?:createCipheriv|createDecipheriv|scrypt(?:Sync)?|hkdf(?:Sync)?|generateKey\w*|createSign|createVerify|createPublicKey|createPrivateKey|createSecretKey)\b/;
/** What is told in the words of a language, and other names of what few programs do. */
const words = /\b(?:Intl|localeCompare|toLocale(?:Date|Time)?String|mock|parseArgs|[sS]napshot|structuredClone)\b/;
const late = /\b(?:fork\(|ipc\b)|\busing\s+[\w$]+\s*=|\bwatch(?:File)?\(/;
const word = new RegExp(`\\b(?:${named})\\b`);

/** Whether a program of this text may need the part; one that is no file finds the modules by their bare names. */
export const needsRareNode = (text: string, isFile: boolean): boolean =>
  (isFile ? imported : word).test(text) || secrets.test(text) || words.test(text) || late.test(text);
