// The part of semver 7 that is used here.
declare module 'semver' {
  type Release = 'major' | 'minor' | 'patch' | 'premajor' | 'preminor' | 'prepatch' | 'prerelease';
  const semver: {
    valid(version: string): string | null;
    validRange(range: string): string | null;
    clean(version: string): string | null;
    inc(version: string, release: Release, preid?: string): string | null;
    satisfies(version: string, range: string, options?: { readonly includePrerelease: boolean }): boolean;
    maxSatisfying(versions: readonly string[], range: string): string | null;
    major(version: string): number;
    compare(a: string, b: string): number;
    gt(a: string, b: string): boolean;
  };
  export default semver;
}
