// QuickJS in WebAssembly: compiled once, instantiated anew for each program, so that no program can harm another.
import variant from '@jitl/quickjs-ng-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSWASMModule } from 'quickjs-emscripten-core';

/** The part of WebAssembly that is used here; every host has it. */
interface Wasm {
  compile(bytes: Uint8Array): Promise<object>;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
}
const wasm = (globalThis as unknown as { readonly WebAssembly: Wasm }).WebAssembly;

export interface FunctionTable {
  grow(by: number): number;
  set(index: number, callee: unknown): void;
}

/** One instance of QuickJS with a memory of its own. */
export interface Instance {
  readonly quickjs: QuickJSWASMModule;
  /** The table through which QuickJS calls functions by number. */
  readonly table: FunctionTable;
}

/** Compiles QuickJS; the function returned makes an instance. */
export async function compileQuickJS(bytes: ArrayBuffer | Uint8Array): Promise<() => Promise<Instance>> {
  const module = await wasm.compile(exportTable(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)));
  return async () => {
    let table: FunctionTable | undefined;
    const instantiateWasm = (imports: object, onSuccess: (instance: never) => void) => {
      const instance = new wasm.Instance(module, imports);
      table = instance.exports[TABLE] as FunctionTable;
      onSuccess(instance as never);
      return instance.exports as never;
    };
    const quickjs = await newQuickJSWASMModuleFromVariant(
      newVariant(variant, { emscriptenModule: { instantiateWasm } }),
    );
    return { quickjs, table: table as unknown as FunctionTable };
  };
}

const TABLE = 'noventaTable';
const EXPORT_SECTION = 7;
const HEADER = 8;

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
