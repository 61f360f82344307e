import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { digestOf, zipOf } from './archive.ts';

const folder = mkdtempSync(join(tmpdir(), 'noventa-zip-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("Python's zipfile reads the zip, checks its sums and finds the same bytes", () => {
  const files = {
    'b/deep/años.txt': new TextEncoder().encode('2026\n'),
    'a.bin': Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) & 0xff),
    empty: new Uint8Array(),
  };
  const zip = zipOf(files);
  const file = join(folder, 'a.zip');
  writeFileSync(file, zip);
  const script = `import zipfile, hashlib, sys
z = zipfile.ZipFile(sys.argv[1])
print(z.testzip())
for one in z.infolist(): print(one.filename, one.file_size, hashlib.sha256(z.read(one)).hexdigest())`;
  const sum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const names = ['a.bin', 'b/deep/años.txt', 'empty'] as const;
  const env = { ...process.env, PYTHONIOENCODING: 'utf-8' };
  expect(execFileSync('python3', ['-c', script, file], { encoding: 'utf8', env })).toBe(
    `None\n${names.map((name) => `${name} ${files[name].length} ${sum(files[name])}\n`).join('')}`,
  );
  expect(digestOf(zip)).toBe(sum(readFileSync(file)));
});
