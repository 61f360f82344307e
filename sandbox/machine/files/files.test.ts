import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileChange, Files } from './contract.ts';
import { createFiles } from './files.ts';
import { createFollower } from './follower.ts';

function open(): { files: Files; clock: { now: number } } {
  const clock = { now: 1000 };
  return { files: createFiles(() => clock.now), clock };
}

const code = (action: () => unknown): string => {
  try {
    action();
    return 'ok';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

const names = fc.constantFrom('a', 'b', 'c', 'año nuevo');
const paths = fc.array(names, { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join('/')}`);
const step = fc.oneof(
  fc.record({ op: fc.constant('write'), path: paths, content: fc.string(), wait: fc.nat(3) }),
  fc.record({ op: fc.constant('append'), path: paths, content: fc.string(), wait: fc.nat(3) }),
  fc.record({ op: fc.constant('mkdir'), path: paths, content: fc.constant(''), wait: fc.nat(3) }),
  fc.record({ op: fc.constant('remove'), path: paths, content: fc.constant(''), wait: fc.nat(3) }),
  fc.record({ op: fc.constant('rename'), path: paths, content: paths, wait: fc.nat(3) }),
  fc.record({ op: fc.constant('symlink'), path: paths, content: paths, wait: fc.nat(3) }),
  fc.record({ op: fc.constant('link'), path: paths, content: paths, wait: fc.nat(3) }),
  fc.record({ op: fc.constant('chmod'), path: paths, content: fc.constant(''), wait: fc.nat(3) }),
  fc.record({ op: fc.constant('utimes'), path: paths, content: fc.constant(''), wait: fc.nat(3) }),
);

function perform(files: Files, { op, path, content }: { op: string; path: string; content: string }): string {
  return code(() => {
    if (op === 'write') files.writeFile(path, content);
    else if (op === 'append') files.appendFile(path, content);
    else if (op === 'mkdir') files.mkdir(path, { recursive: true });
    else if (op === 'remove') files.remove(path, { recursive: true });
    else if (op === 'rename') files.rename(path, content);
    else if (op === 'symlink') files.symlink(content, path);
    else if (op === 'link') files.link(content, path);
    else if (op === 'chmod') files.chmod(path, 0o700);
    else files.utimes(path, 77);
  });
}

/** The bytes of all files, each once however many names it has. */
function bytesHeld(files: Files): number {
  const sizes = new Map<number, number>();
  for (const [path, { type }] of Object.entries(files.snapshot()))
    if (type === 'file') sizes.set(files.lstat(path).inode, files.lstat(path).size);
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

describe('the journal of changes', () => {
  test('makes an older copy into the newer tree, whatever happened between', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 15 }), fc.array(step, { maxLength: 30 }), (before, after) => {
        const { files, clock } = open();
        const go = (plan: typeof before): void => {
          for (const one of plan) {
            clock.now += one.wait;
            perform(files, one);
          }
        };
        go(before);
        const copy = createFollower(structuredClone(files.snapshot()));
        const journal: FileChange[] = [];
        files.watch((change) => journal.push(structuredClone(change)));
        go(after);
        copy.apply(journal);
        expect(copy.snapshot()).toEqual(files.snapshot());
        expect(files.totalBytes).toBe(bytesHeld(files));
      }),
      { numRuns: 300 },
    );
  });

  test('stays silent when an operation is refused', () => {
    const { files } = open();
    files.mkdir('/a');
    const heard: FileChange[] = [];
    const stop = files.watch((change) => heard.push(change));
    expect(code(() => files.writeFile('/a', 'x'))).toBe('EISDIR');
    expect(code(() => files.mkdir('/a'))).toBe('EEXIST');
    expect(code(() => files.rename('/b', '/c'))).toBe('ENOENT');
    expect(heard).toEqual([]);
    stop();
    files.writeFile('/b', 'x');
    expect(heard).toEqual([]);
  });
});

describe('a snapshot', () => {
  test('gives back the same tree, and neither sees what happens to the other', () => {
    const { files } = open();
    files.mkdir('/a/b', { recursive: true });
    files.writeFile('/a/b/run.sh', '#!/bin/bash\n', 0o755);
    files.symlink('b/run.sh', '/a/link');
    const snapshot = files.snapshot();
    const kept = structuredClone(snapshot);
    const copy = createFiles(() => 5, kept);
    expect(copy.snapshot()).toEqual(snapshot);
    expect(copy.totalBytes).toBe(12);
    files.appendFile('/a/b/run.sh', 'rm -r /\n');
    expect(copy.readText('/a/link')).toBe('#!/bin/bash\n');
    expect(snapshot).toEqual(kept);
  });

  test('lists parents before children and in one order, however the files came about', () => {
    const { files } = open();
    for (const path of ['/b', '/a', '/a/z', '/a/Z']) files.mkdir(path);
    expect(Object.keys(files.snapshot())).toEqual(['/', '/a', '/a/Z', '/a/z', '/b']);
  });
});

describe('bytes', () => {
  test('that go in or out are nobody else’s', () => {
    const { files } = open();
    const mine = new Uint8Array([1, 2, 3]);
    files.writeFile('/f', mine);
    mine[0] = 9;
    const read = files.readFile('/f');
    read[1] = 9;
    expect([...files.readFile('/f')]).toEqual([1, 2, 3]);
  });

  test('that are not UTF-8 survive, and read as text become U+FFFD', () => {
    const { files } = open();
    files.writeFile('/f', new Uint8Array([0xff, 0x61, 0x00]));
    expect([...files.readFile('/f')]).toEqual([0xff, 0x61, 0x00]);
    expect(files.readText('/f')).toBe('\ufffda\0');
  });
});

describe('limits', () => {
  const limited = (): Files => createFiles(() => 0, {}, { fileBytes: 10, totalBytes: 15 });

  test('refuse a file that is too large with EFBIG, and leave it as it was', () => {
    const files = limited();
    files.writeFile('/f', '12345678');
    expect(code(() => files.appendFile('/f', '901'))).toBe('EFBIG');
    expect(code(() => files.writeFile('/g', '12345678901'))).toBe('EFBIG');
    expect(files.readText('/f')).toBe('12345678');
    expect(files.exists('/g')).toBe(false);
  });

  test('refuse what does not fit any more with ENOSPC, until something is removed', () => {
    const files = limited();
    files.writeFile('/f', '1234567890');
    expect(code(() => files.writeFile('/g', '123456'))).toBe('ENOSPC');
    files.writeFile('/g', '12345');
    expect(files.totalBytes).toBe(15);
    files.writeFile('/f', '1');
    files.remove('/g');
    expect(files.totalBytes).toBe(1);
    files.writeFile('/g', '123456');
    files.rename('/g', '/f');
    expect(files.totalBytes).toBe(6);
  });
});

test('names of one file: what is written by one is read by the other, and the last one takes the bytes along', () => {
  const { files } = open();
  files.writeFile('/a', 'one');
  files.mkdir('/d');
  files.link('/a', '/d/b');
  files.appendFile('/d/b', ' two');
  expect(files.readText('/a')).toBe('one two');
  expect([files.stat('/a').links, files.stat('/a').inode === files.stat('/d/b').inode]).toEqual([2, true]);
  files.remove('/d', { recursive: true });
  expect([files.stat('/a').links, files.totalBytes]).toEqual([1, 7]);
  expect(code(() => files.link('/', '/x'))).toBe('EPERM');
  expect(code(() => files.link('/a', '/a'))).toBe('EEXIST');
  files.remove('/a');
  expect(files.totalBytes).toBe(0);
});

test('symbolic links in a circle give ELOOP', () => {
  const { files } = open();
  files.symlink('b', '/a');
  files.symlink('a', '/b');
  expect(code(() => files.readFile('/a'))).toBe('ELOOP');
  expect(code(() => files.writeFile('/a', ''))).toBe('ELOOP');
  expect(files.readlink('/a')).toBe('b');
});

test('a file keeps its mode when it is written again, and its inode when it moves', () => {
  const { files } = open();
  files.writeFile('/run.sh', 'echo 1\n', 0o755);
  const { inode } = files.stat('/run.sh');
  files.writeFile('/run.sh', 'echo 2\n', 0o644);
  files.rename('/run.sh', '/go.sh');
  expect(files.stat('/go.sh')).toMatchObject({ mode: 0o755, inode, size: 7 });
});

test('a name longer than 255 bytes and a path longer than 4096 are refused, as Linux does', () => {
  const files = createFiles(() => 0);
  expect(() => files.writeFile(`/${'a'.repeat(256)}`, '')).toThrow('ENAMETOOLONG: name too long, open');
  expect(() => files.mkdir(`/${'ñ'.repeat(128)}`)).toThrow('ENAMETOOLONG');
  files.writeFile(`/${'a'.repeat(255)}`, '');
  expect(() => files.mkdir('/b'.repeat(2050), { recursive: true })).toThrow('ENAMETOOLONG');
  expect(files.exists('/b'.repeat(2050))).toBe(false);
});
