// `--dirstat`: the share of each folder in what changed (show_dirstat in git's diff.c).
import { copiedBytes } from '../../forge/git/index.ts';
import { type Change, counts } from './patch.ts';

/** Folders with less than this share, in thousandths, are not named. */
const LEAST = 30;

/** @param by `lines` and `files` count those, anything else the bytes that came and went. */
export function dirstatOf(changes: readonly Change[], by: string): string {
  const damage = (change: Change): number => {
    const { oldBytes, newBytes } = change;
    if (change.before?.oid === change.after?.oid) return 0;
    if (by.includes('files')) return 1;
    const lines = by.includes('lines') ? counts(change) : undefined;
    if (lines !== undefined) return lines.added + lines.removed;
    const copied = copiedBytes(oldBytes, newBytes);
    return Math.max(1, oldBytes.length - copied + newBytes.length - copied);
  };
  const rows = changes.map((change) => ({ path: change.path, size: damage(change) }));
  const whole = rows.reduce((sum, { size }) => sum + size, 0);
  const out: string[] = [];
  /** What of a folder is not told of yet. */
  const gather = (base: string): number => {
    const inside = rows.filter(({ path }) => path.startsWith(base));
    const names = new Set(inside.map(({ path }) => path.slice(base.length).replace(/\/.*$/s, '/')));
    let [sum, sources] = [0, 0];
    for (const name of names) {
      sources += name.endsWith('/') ? 1 : 2;
      sum += name.endsWith('/') ? gather(base + name) : (inside.find(({ path }) => path === base + name)?.size ?? 0);
    }
    if (base === '' || sources === 1 || sum === 0) return sum;
    const share = Math.floor((sum * 1000) / whole);
    if (share < LEAST) return sum;
    out.push(`${String(Math.floor(share / 10)).padStart(4)}.${share % 10}% ${base}\n`);
    return by.includes('cumulative') ? sum : 0;
  };
  gather('');
  return out.join('');
}
