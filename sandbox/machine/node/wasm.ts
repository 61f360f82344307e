// QuickJS in WebAssembly: compiled once, instantiated anew for each program, so that no program can harm another.
import variant from '@jitl/quickjs-ng-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSRuntime,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';

/** The part of WebAssembly that is used here; every host has it. */
interface Wasm {
  compile(bytes: Uint8Array): Promise<object>;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => Memory;
}
const wasm = (globalThis as unknown as { readonly WebAssembly: Wasm }).WebAssembly;

interface Memory {
  readonly buffer: ArrayBuffer;
}

export interface FunctionTable {
  grow(by: number): number;
  set(index: number, callee: unknown): void;
}

/** One instance of QuickJS with a memory of its own. */
export interface Instance {
  readonly quickjs: QuickJSWASMModule;
  /** The table through which QuickJS calls functions by number. */
  readonly table: FunctionTable;
  /** Its only runtime and context, in which the library stands compiled and nothing has run. */
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
  /** Its program is over and nothing of it will be touched again: the next one may have its memory. */
  release(): void;
}

/** What every program begins with: modules, and those that they import. */
export interface Library {
  readonly modules: readonly string[];
  /** The text of the module of this name. */
  read(name: string): string;
}

/** An instance as it stands before its program: the parts of its memory that are not 0, and what lies where. */
interface Image {
  readonly parts: readonly { readonly at: number; readonly bytes: Uint8Array }[];
  readonly runtime: number;
  readonly context: number;
}

/**
 * Compiles QuickJS; the function returned makes an instance. The first one compiles the library; the others begin with a
 * copy of its memory.
 */
export async function compileQuickJS(
  bytes: ArrayBuffer | Uint8Array,
  library: Library,
): Promise<() => Promise<Instance>> {
  const module = await wasm.compile(exportTable(withSmallMemory(new Uint8Array(bytes.slice(0)))));
  let image: Image | undefined;
  const spare: Memory[] = [];
  return async () => {
    const used = spare.pop();
    if (used !== undefined) new Uint8Array(used.buffer).fill(0);
    const memory = used ?? new wasm.Memory({ initial: PAGES, maximum: MOST_PAGES });
    let table: FunctionTable | undefined;
    const instantiateWasm = (imports: object, onSuccess: (instance: never) => void) => {
      const instance = new wasm.Instance(module, imports);
      table = instance.exports[TABLE] as FunctionTable;
      onSuccess(instance as never);
      return instance.exports as never;
    };
    const quickjs = await newQuickJSWASMModuleFromVariant(
      newVariant(variant, { emscriptenModule: { instantiateWasm, wasmMemory: memory as never } }),
    );
    const begun = image === undefined ? begin(quickjs, library) : adopt(quickjs, image);
    image ??= imageOf(quickjs, begun);
    return {
      quickjs,
      table: table as unknown as FunctionTable,
      ...begun,
      release() {
        if (spare.length < MOST_SPARE && memory.buffer.byteLength === PAGES * PAGE) spare.push(memory);
      },
    };
  };
}

/** Bytes of a page of WebAssembly's memory, and how many of them the package asks for at first and at most. */
const PAGE = 65_536;
const PACKAGE_PAGES = 256;
const MOST_PAGES = 32_768;
/** What programs get at first: those of all days need 7.6 MB at most, and each is wiped for the next. Who needs more gets more. */
const PAGES = 128;
/** A memory that nobody has is 8 MB; fresh ones for every program make the collector of garbage look at the whole heap again and again. */
const MOST_SPARE = 3;

type Begun = Pick<Instance, 'runtime' | 'context'>;

function begin(quickjs: QuickJSWASMModule, library: Library): Begun {
  const runtime = quickjs.newRuntime();
  const begun = { runtime, context: runtime.newContext() };
  compileLibrary(begun, library);
  return begun;
}

/** @throws Error when a module of ours is no JavaScript. */
function compileLibrary({ runtime, context }: Begun, { modules, read }: Library): void {
  runtime.setModuleLoader(read, (_, specifier) => specifier);
  // QuickJS keeps what it has compiled by its name until somebody imports it.
  const imports = modules.map((name) => `import '${name}';`).join('');
  context.unwrapResult(context.evalCode(imports, 'node:internal/main', { type: 'module', compileOnly: true }));
}

/** What the package keeps to itself, as it stands in the pinned version: where a runtime and a context lie. */
interface Pointers {
  readonly rt: { readonly value: number };
  readonly ctx: { readonly value: number };
}

/** Bytes of a part of an image. */
const PART = 4096;

function imageOf(quickjs: QuickJSWASMModule, { runtime, context }: Begun): Image {
  const { buffer } = quickjs.getWasmMemory();
  const parts: { at: number; bytes: Uint8Array }[] = [];
  for (let at = 0; at < buffer.byteLength; at += PART) {
    if (!isEmpty(new Int32Array(buffer, at, PART / 4)))
      parts.push({ at, bytes: new Uint8Array(buffer.slice(at, at + PART)) });
  }
  const { value: runtimeAt } = (runtime as unknown as Pick<Pointers, 'rt'>).rt;
  const { value: contextAt } = (context as unknown as Pick<Pointers, 'ctx'>).ctx;
  return { parts, runtime: runtimeAt, context: contextAt };
}

function isEmpty(words: Int32Array): boolean {
  for (let at = 0; at < words.length; at++) if (words[at] !== 0) return false;
  return true;
}

/** Makes a fresh instance what the image's was: all that QuickJS knows lies in its memory. */
function adopt(quickjs: QuickJSWASMModule, { parts, runtime: at, context }: Image): Begun {
  const memory = new Uint8Array(quickjs.getWasmMemory().buffer);
  for (const part of parts) memory.set(part.bytes, part.at);
  const ffi = quickjs.getFFI() as unknown as { QTS_NewRuntime(): number };
  const { QTS_NewRuntime: make } = ffi;
  ffi.QTS_NewRuntime = () => at;
  const runtime = quickjs.newRuntime();
  ffi.QTS_NewRuntime = make;
  return { runtime, context: runtime.newContext({ contextPointer: context as never }) };
}

const TABLE = 'noventaTable';
const IMPORT_SECTION = 2;
const EXPORT_SECTION = 7;
const HEADER = 8;

/** The memory is the last of the package's imports. @param bytes changed in place; both numbers of pages take as many bytes. */
function withSmallMemory(bytes: Uint8Array): Uint8Array {
  const limits = [2, 1, ...writeNumber(PACKAGE_PAGES), ...writeNumber(MOST_PAGES)];
  for (let at = HEADER; at < bytes.length; ) {
    const [size, body] = readNumber(bytes, at + 1);
    const end = body + size;
    const start = end - limits.length;
    if (bytes[at] === IMPORT_SECTION && limits.every((byte, index) => bytes[start + index] === byte)) {
      bytes.set(writeNumber(PAGES), start + 2);
      return bytes;
    }
    at = end;
  }
  throw new Error('QuickJS imports no memory as it did');
}

/** The package keeps the function table to itself. It is needed to hear of rejected promises: adds it to the exports. */
function exportTable(bytes: Uint8Array): Uint8Array {
  for (let at = HEADER; at < bytes.length; ) {
    const [size, body] = readNumber(bytes, at + 1);
    if (bytes[at] === EXPORT_SECTION) {
      const [count, entries] = readNumber(bytes, body);
      const name = [...new TextEncoder().encode(TABLE)];
      const section = [...writeNumber(count + 1), ...bytes.subarray(entries, body + size), name.length, ...name, 1, 0];
      const head = [...bytes.subarray(0, at), EXPORT_SECTION, ...writeNumber(section.length), ...section];
      const result = new Uint8Array(head.length + bytes.length - body - size);
      result.set(head);
      result.set(bytes.subarray(body + size), head.length);
      return result;
    }
    at = body + size;
  }
  throw new Error('QuickJS has no export section');
}

/** Numbers in WebAssembly's binary format are LEB128 (WebAssembly Core Specification, 5.2.2). Gives the number and what follows. */
function readNumber(bytes: Uint8Array, start: number): [number: number, next: number] {
  let value = 0;
  for (let at = start, shift = 0; ; at++, shift += 7) {
    const byte = bytes[at] ?? 0;
    value |= (byte & 127) << shift;
    if (byte < 128) return [value >>> 0, at + 1];
  }
}

function writeNumber(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...writeNumber(value >>> 7)];
}

/** A function of WebAssembly `(i32, i64, i64, i32, i32) → ()` that calls `callee`: what stands in the table must be one. */
export function asTableEntry(callee: (...args: never[]) => void): unknown {
  const [i32, i64] = [0x7f, 0x7e];
  const bytes = [
    [0, 97, 115, 109, 1, 0, 0, 0],
    [1, 9, 1, 0x60, 5, i32, i64, i64, i32, i32, 0],
    [2, 7, 1, 1, 104, 1, 102, 0, 0],
    [7, 5, 1, 1, 102, 0, 0],
  ];
  return new wasm.Instance(new wasm.Module(Uint8Array.from(bytes.flat())), { h: { f: callee } }).exports.f;
}
