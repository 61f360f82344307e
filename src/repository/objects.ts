// Git's objects as bytes: what stands in gitformat-pack(5), git-hash-object(1) and git-bundle(1) of git 2.39.
import { zlibSync } from 'fflate';

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';

export interface GitObject {
  readonly id: string;
  readonly type: ObjectType;
  readonly content: Uint8Array;
}

export interface TreeEntry {
  readonly mode: '100644' | '40000';
  readonly name: string;
  readonly id: string;
}

export interface Person {
  readonly name: string;
  readonly email: string;
}

const text = new TextEncoder();

async function sha1(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-1', bytes));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function bare(type: ObjectType, content: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat([text.encode(`${type} ${content.length}\0`), content]);
}

export async function objectOf(type: ObjectType, content: Uint8Array | string): Promise<GitObject> {
  const bytes = typeof content === 'string' ? text.encode(content) : content;
  return { type, content: bytes, id: hex(await sha1(bare(type, bytes))) };
}

/** Entries in git's order: by bytes, a folder as if its name ended in `/`. */
export function treeContent(entries: readonly TreeEntry[]): Uint8Array {
  const key = ({ mode, name }: TreeEntry): string => (mode === '40000' ? `${name}/` : name);
  const sorted = entries.toSorted((a, b) => compareBytes(text.encode(key(a)), text.encode(key(b))));
  return concat(sorted.flatMap(({ mode, name, id }) => [text.encode(`${mode} ${name}\0`), bytesOf(id)]));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** `Ana <ana@example.test> 1772442000 +0000`. @param at ms since 1970; git keeps seconds. */
export function signature({ name, email }: Person, at: number): string {
  return `${name} <${email}> ${Math.floor(at / 1000)} +0000`;
}

/** A person as git takes one; who gives no name is called Learner. */
export function asGitTakes({ name, email }: Person): Person {
  return { name: plain(name) || 'Learner', email: plain(email).replaceAll(' ', '') };
}

/** Without what fsck calls crud: signs that end a name, and all but letters and figures at its ends. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken away
  return text.replaceAll(/[\u0000-\u001f\u007f<>]/g, '').replaceAll(/^[ .,:;"'\\]+|[ .,:;"'\\]+$/g, '');
}

/** A file below `.git/objects`, as git itself writes it. */
export function looseFile({ id, type, content }: GitObject): readonly [path: string, bytes: Uint8Array] {
  return [`objects/${id.slice(0, 2)}/${id.slice(2)}`, zlibSync(bare(type, content))];
}

const packTypes: Readonly<Record<ObjectType, number>> = { commit: 1, tree: 2, blob: 3, tag: 4 };

/** A pack of whole objects, without deltas. */
async function packOf(objects: readonly GitObject[]): Promise<Uint8Array<ArrayBuffer>> {
  const header = new DataView(new ArrayBuffer(12));
  header.setUint32(0, 0x5041434b);
  header.setUint32(4, 2);
  header.setUint32(8, objects.length);
  const parts = [
    new Uint8Array(header.buffer),
    ...objects.flatMap(({ type, content }) => [sizeBytes(packTypes[type], content.length), zlibSync(content)]),
  ];
  const body = concat(parts);
  return concat([body, await sha1(body)]);
}

/** Type and size in front of an object of a pack: four bits of the size, then seven in each further byte, low ones first. */
function sizeBytes(type: number, size: number): Uint8Array {
  const bytes = [(type << 4) | (size & 15)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 0x80;
    bytes.push(rest & 127);
  }
  return Uint8Array.from(bytes);
}

/** A bundle that `git clone` takes: its refs, then the pack. */
export async function bundleOf(
  refs: ReadonlyMap<string, string>,
  objects: readonly GitObject[],
): Promise<Uint8Array<ArrayBuffer>> {
  const lines = [...refs].map(([name, id]) => `${id} ${name}\n`).join('');
  return concat([text.encode(`# v2 git bundle\n${lines}\n`), await packOf(objects)]);
}

/** `.git/index` for files as they stand in the last commit, from gitformat-index(5). Without times: git looks at the files once. */
export async function indexOf(
  entries: readonly { readonly path: string; readonly id: string; readonly size: number }[],
): Promise<Uint8Array> {
  const header = new DataView(new ArrayBuffer(12));
  header.setUint32(0, 0x44495243);
  header.setUint32(4, 2);
  header.setUint32(8, entries.length);
  const named = entries.map((entry) => ({ ...entry, name: text.encode(entry.path) }));
  const rows = named
    .toSorted((a, b) => compareBytes(a.name, b.name))
    .map(({ name, id, size }) => {
      // 62 bytes, the name, and one to eight zeros up to a multiple of eight.
      const row = new Uint8Array(Math.floor((62 + name.length + 8) / 8) * 8);
      const view = new DataView(row.buffer);
      view.setUint32(24, 0o100644);
      view.setUint32(36, size);
      row.set(bytesOf(id), 40);
      view.setUint16(60, Math.min(name.length, 0xfff));
      row.set(name, 62);
      return row;
    });
  const body = concat([new Uint8Array(header.buffer), ...rows]);
  return concat([body, await sha1(body)]);
}

function bytesOf(id: string): Uint8Array {
  return Uint8Array.from(id.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
