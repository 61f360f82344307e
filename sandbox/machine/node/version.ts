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
