// Which version `actions/setup-node` sets up for what is asked for, by its input or in a file.
import semver from 'semver';
import { nodeVersion } from '../machine/index.ts';

/** The last version of each line that this sandbox knows, newest line first, and the name of its long-term support. */
const lines: readonly (readonly [major: number, version: string, name: string])[] = [
  [24, nodeVersion.slice(1), 'krypton'],
  [22, '22.21.0', 'jod'],
  [20, '20.19.5', 'iron'],
  [18, '18.20.8', 'hydrogen'],
  [16, '16.20.2', 'gallium'],
  [14, '14.21.3', 'fermium'],
];

/** `22`, `v22.x`, `lts/*`, `lts/jod`, `latest`, `>=20`, `20.11.1`, `20 || >=22 <24`; undefined for what does not exist. */
export function nodeVersionFor(asked: string): string | undefined {
  const spec = asked
    .trim()
    .toLowerCase()
    .replace(/^v(?=\d)/, '');
  const newest = lines[0]?.[1];
  if (['', 'latest', 'current', 'node', 'lts/*', '*'].includes(spec)) return newest;
  const [, name] = /^lts\/(\w+)$/.exec(spec) ?? [];
  if (name !== undefined) return lines.find((one) => one[2] === name)?.[1];
  const simple = /^(>=|>|\^|~)?\s*(\d+)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?$/.exec(spec);
  if (simple === null)
    return (
      semver.maxSatisfying(
        lines.map(([, version]) => version),
        spec,
      ) ?? undefined
    );
  const [, sign = '', major = '', minor, patch] = simple;
  if (sign.startsWith('>')) return Number(newest?.split('.')[0]) >= Number(major) ? newest : undefined;
  const line = lines.find((one) => one[0] === Number(major))?.[1];
  const [, topMinor, topPatch] = (line ?? '').split('.').map(Number);
  if (line === undefined || minor === undefined || !/\d/.test(minor) || sign === '^') return line;
  if (Number(minor) > (topMinor ?? 0)) return undefined;
  if (patch !== undefined && /\d/.test(patch) && sign === '') return `${major}.${minor}.${patch}`;
  return Number(minor) === topMinor ? `${major}.${minor}.${topPatch}` : `${major}.${minor}.0`;
}

/**
 * What a `node-version-file` asks for, read as actions/setup-node v4 does: of `package.json` the fields of Volta, `devEngines` and
 * `engines`; of any other its first line that can be a version. '' for a manifest with none of them.
 */
export function versionIn(text: string): string {
  try {
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest === 'object' && manifest !== null) return versionOf(manifest);
  } catch {
    // No JSON: a line of .nvmrc, .node-version or .tool-versions.
  }
  return /^(?:node(?:js)?\s+)?v?(\S+)$/m.exec(text)?.[1] ?? text.trim();
}

function versionOf(manifest: Manifest): string {
  const { volta, devEngines, engines } = manifest;
  const runtime = [devEngines?.runtime ?? []]
    .flat()
    .find(({ name, version }) => name?.toLowerCase() === 'node' && version);
  return volta?.node ?? runtime?.version ?? engines?.node ?? '';
}

interface Runtime {
  readonly name?: string;
  readonly version?: string;
}

interface Manifest {
  readonly volta?: { readonly node?: string };
  readonly devEngines?: { readonly runtime?: Runtime | readonly Runtime[] };
  readonly engines?: { readonly node?: string };
}
