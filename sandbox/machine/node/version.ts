/** The version of Node whose behaviour is followed. */
export const nodeVersion = 'v24.21.0';

/**
 * The version that programs are told: the one whose folder comes first on the PATH, where `actions/setup-node` has put it, else the
 * one that is followed. How programs behave does not change with it.
 */
export function nodeVersionOn(path: string | undefined): string {
  const [, version] = /\/opt\/hostedtoolcache\/node\/(\d+\.\d+\.\d+)\/x64\/bin/.exec(path ?? '') ?? [];
  return version === undefined ? nodeVersion : `v${version}`;
}

const parts =
  'acorn 8.18.0 ada 4.0.0 amaro 1.1.11 ares 1.34.8 brotli 1.2.0 cldr 48.0 icu 78.3 llhttp 9.4.3 merve 1.2.2 modules 137 napi 10 nbytes 0.1.4 ncrypto 0.0.1 nghttp2 1.70.0 nghttp3  ngtcp2  openssl 3.5.8 simdjson 4.6.7 simdutf 6.4.0 sqlite 3.53.4 tz 2026c undici 7.29.1 unicode 17.0 uv 1.52.1 uvwasi 0.0.23 v8 13.6.233.17-node.53 zlib 1.3.2.1-motley-8002e91 zstd 1.5.7'.split(
    ' ',
  );

/** The versions of Node and of what it is made of, as `process.versions` gives them. */
export function versionsOn(path: string | undefined): Readonly<Record<string, string>> {
  const pairs = parts.flatMap((name, at) => (at % 2 === 0 ? [[name, parts[at + 1] as string] as const] : []));
  return { node: nodeVersionOn(path).slice(1), ...Object.fromEntries(pairs) };
}
