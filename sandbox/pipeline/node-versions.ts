// Which version `actions/setup-node` sets up for what is asked for.
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

/** `22`, `v22.x`, `lts/*`, `lts/jod`, `latest`, `>=20`, `20.11.1`; undefined for what does not exist. */
export function nodeVersionFor(asked: string): string | undefined {
  const spec = asked
    .trim()
    .toLowerCase()
    .replace(/^v(?=\d)/, '');
  const newest = lines[0]?.[1];
  if (['', 'latest', 'current', 'node', 'lts/*', '*'].includes(spec)) return newest;
  const [, name] = /^lts\/(\w+)$/.exec(spec) ?? [];
  if (name !== undefined) return lines.find((one) => one[2] === name)?.[1];
  const [, sign = '', major = '', minor, patch] =
    /^(>=|>|\^|~)?\s*(\d+)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?$/.exec(spec) ?? [];
  if (sign.startsWith('>')) return Number(newest?.split('.')[0]) >= Number(major) ? newest : undefined;
  const line = lines.find((one) => one[0] === Number(major))?.[1];
  const [, topMinor, topPatch] = (line ?? '').split('.').map(Number);
  if (line === undefined || minor === undefined || !/\d/.test(minor) || sign === '^') return line;
  if (Number(minor) > (topMinor ?? 0)) return undefined;
  if (patch !== undefined && /\d/.test(patch) && sign === '') return `${major}.${minor}.${patch}`;
  return Number(minor) === topMinor ? `${major}.${minor}.${topPatch}` : `${major}.${minor}.0`;
}
