// What tar keeps of a file beside its content, where options say something else than the disk does (GNU tar 1.34 manual,
// "Controlling the Archive Format"): who owns it, its time, the order of a folder.
import { createRandom } from '../../../kernel/index.ts';
import type { CommandIO } from '../../command.ts';
import { FileError, type FileStat, operandPath } from '../../files/index.ts';
import { changedMode } from '../files/modes.ts';
import type { Given } from '../options.ts';
import { parseTime } from '../time/parse.ts';
import { reason, ToolEnd } from '../tool.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
  /** Empty where only the number is kept. */
  readonly user: string;
  readonly group: string;
}

/** The person of the machine, and root: no other account is on it. */
const OWN_ID = 1000;

/** `--owner`, `--group` (a name, a number, or NAME:NUMBER) and `--numeric-owner`. */
export function ownerGiven(given: Given, user: string): Owner {
  const [own, group] = [account(given.value('owner'), user), account(given.value('group'), user)];
  const isNumeric = given.has('numeric-owner');
  return {
    uid: own.id,
    gid: group.id,
    user: isNumeric ? '' : own.name,
    group: isNumeric ? '' : group.name,
  };
}

function account(said: string | undefined, user: string): { readonly name: string; readonly id: number } {
  if (said === undefined) return { name: user, id: OWN_ID };
  const [, name = '', number] = /^([^:]*)(?::(.*))?$/.exec(said) ?? [];
  if (number !== undefined && !/^\d+$/.test(number))
    throw new ToolEnd(`${number}: Invalid owner or group ID\ntar: Error is not recoverable: exiting now`, 2);
  if (number !== undefined && name !== '') return { name, id: Number(number) };
  const id = number ?? (/^\d+$/.test(name) ? name : undefined);
  if (id !== undefined) return { name: id === '0' ? 'root' : Number(id) === OWN_ID ? user : '', id: Number(id) };
  return { name, id: name === 'root' ? 0 : OWN_ID };
}

/** `--mode`: what chmod would make of each file's own. */
export function modeGiven(given: Given): (stat: FileStat) => number {
  const said = given.value('mode');
  return ({ mode, type }) => {
    if (said === undefined) return mode & 0o7777;
    const changed = changedMode(said, mode, type === 'directory');
    if (changed === undefined)
      throw new ToolEnd('Invalid mode given on option\ntar: Error is not recoverable: exiting now', 2);
    return changed;
  };
}

/** `--mtime`: a date, or a file (its name begins with `/` or `.`) whose time is taken. Undefined: each file's own. */
export function mtimeGiven(given: Given, { machine, cwd }: CommandIO): number | undefined {
  const said = given.value('mtime');
  if (said === undefined) return undefined;
  if (/^[./]/.test(said)) {
    try {
      return machine.files.stat(operandPath(cwd, said)).mtimeMs;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new ToolEnd(`${said}: Cannot stat: ${reason(error)}`, 2);
    }
  }
  const ms = parseTime(said, machine.kernel.now());
  if (ms === undefined) throw new ToolEnd(`--mtime=${said} is not part of this sandbox: no date that it can read`, 2);
  return ms;
}

/**
 * `--sort`: how the names of a folder follow one another. Without it as the folder holds them, which on many file systems is by a hash
 * of the name with a number that each disk has of its own (`dir_index`, ext4(5)): here with the name of the machine.
 */
export function sortGiven(
  given: Given,
  { machine: { files } }: CommandIO,
): (names: readonly string[]) => readonly string[] {
  const said = given.value('sort') ?? 'none';
  if (!['none', 'name', 'inode'].includes(said)) {
    const valid = 'Valid arguments are:\n  - ‘none’\n  - ‘name’\n  - ‘inode’';
    throw new ToolEnd(`invalid argument ‘${said}’ for ‘--sort’\n${valid}`, 2);
  }
  const disk = files.exists('/etc/hostname') ? files.readText('/etc/hostname') : '';
  const key = said === 'none' ? (name: string) => createRandom(`${disk}${name}`).next() : (name: string) => name;
  return (names) =>
    names
      .map((name) => ({ name, at: key(name) }))
      .sort((a, b) => (a.at < b.at ? -1 : 1))
      .map(({ name }) => name);
}

/** `-I 'gzip -9n'`: how well it is packed, by gzip alone. Undefined: as gzip does by itself. */
export function levelGiven(given: Given): number | undefined {
  const said = given.value('I');
  if (said === undefined) return undefined;
  const [, options] = /^\s*gzip((?:\s+-(?:[1-9cn]+|-fast|-best|-no-name|-stdout))*)\s*$/.exec(said) ?? [];
  if (options === undefined) throw new ToolEnd(`-I '${said}' is not part of this sandbox: it packs with gzip`, 2);
  const level = options.replace('--fast', '-1').replace('--best', '-9').match(/[1-9]/g)?.at(-1);
  return level === undefined ? undefined : Number(level);
}
