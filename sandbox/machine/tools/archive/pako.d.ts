// The part of pako 1.0.11 that is used here.
declare module 'pako' {
  const pako: {
    gzip(bytes: Uint8Array, options?: { readonly level?: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 }): Uint8Array;
    ungzip(bytes: Uint8Array): Uint8Array;
  };
  export default pako;
}
