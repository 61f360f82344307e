// The part of pako 1.0.11 that is used here.
declare module 'pako' {
  export interface GzipHeader {
    readonly os: number;
    readonly name?: string;
    /** Seconds since 1970. */
    readonly time?: number;
  }
  const pako: {
    gzip(
      bytes: Uint8Array,
      options?: { readonly level?: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9; readonly header?: GzipHeader },
    ): Uint8Array;
    deflate(bytes: Uint8Array, options?: { readonly level?: 6 }): Uint8Array;
    deflateRaw(bytes: Uint8Array, options?: { readonly level?: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 }): Uint8Array;
    /** Nothing when the bytes end too early. */
    inflate(bytes: Uint8Array): Uint8Array | undefined;
    inflateRaw(bytes: Uint8Array): Uint8Array | undefined;
    ungzip(bytes: Uint8Array): Uint8Array;
    readonly Inflate: new () => {
      push(bytes: Uint8Array, isLast: boolean): boolean;
      readonly result: Uint8Array | undefined;
      /** Not 0 when it failed. */
      readonly err: number;
      readonly msg: string;
      readonly strm: { readonly avail_in: number };
    };
  };
  export default pako;
}
