import { deflateSync, gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { heatOf } from '../../src/class/heat.ts';
import { csvOf } from '../../src/overview/csv.ts';
import { readFile, seal, unseal, writeFile } from '../../src/progress/file.ts';
import { foldDays } from '../../src/progress/fold.ts';
import { recordOf, type StoredRecord } from '../../src/progress/record.ts';
import { planOf } from '../../src/repository/plan.ts';
import { recordsIn } from '../../src/repository/records-in.ts';
import { runIn } from '../../src/workbench/production/link.ts';

const record = recordOf({ type: 'DayPassed', day: 'd01' }, 1_700_000_000_000);
const good = writeFile({ records: [record], drafts: [] });
const nest = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth);
const sealed = (contents: unknown): string => seal('noventa-progress', contents);

const texts: Readonly<Record<string, string>> = {
  nothing: '',
  'a word': 'hello',
  'a number': '7',
  null: 'null',
  'a list': '[]',
  'half of one': good.slice(0, good.length / 2),
  'without its end': good.slice(0, -1),
  'with more behind': `${good}{}`,
  'with another byte': good.replace('d01', 'd02'),
  'of another format': good.replace('noventa-progress', 'noventa-evil'),
  'of a newer version': good.replace('"version":1', '"version":2'),
  'of no version': good.replace('"version":1', '"version":"1"'),
  'of a version below': good.replace('"version":1', '"version":-1'),
  'of a version that is none': good.replace('"version":1', '"version":1e999'),
  'without a sum': good.replace(/"sum":\d+,/, ''),
  'with a sum of words': good.replace(/"sum":\d+/, '"sum":"x"'),
  'a prototype': '{"__proto__":{"format":"noventa-progress","version":1,"sum":0,"contents":{}}}',
  'a constructor': '{"constructor":{"prototype":{"evil":1}},"format":"noventa-progress"}',
  'a deep list': nest(1_000_000, '[', ']'),
  'a deep list in its place': `{"format":"noventa-progress","version":1,"sum":0,"contents":${nest(5000, '[', ']')}}`,
  'a deeper list in its place': `{"format":"noventa-progress","version":1,"sum":0,"contents":${nest(200_000, '[', ']')}}`,
  'a deep object in its place': `{"format":"noventa-progress","version":1,"sum":0,"contents":${nest(5000, '{"a":', '}').replace(':}', ':1}')}}`,
  'bytes that are none': good.replace('"contents":{', '"contents":{"x":"base64:%%%",'),
  'contents of nothing': sealed(null),
  'contents of words': sealed('x'),
  'contents without drafts': sealed({ records: [] }),
  'records of no kind': sealed({ records: [1, null, 'x', [], {}], drafts: [] }),
  'records of another kind': sealed({ records: [{ ...record, event: { type: 'toString', day: 'd01' } }], drafts: [] }),
  'a record with another sum': sealed({ records: [{ ...record, sum: 1 }], drafts: [] }),
  'drafts of no kind': sealed({ records: [], drafts: [{ day: 'd01' }] }),
  'a list of holes': sealed({ records: { length: 1e9 }, drafts: [] }),
};

describe('a file of progress', () => {
  for (const [what, text] of Object.entries(texts))
    test(`${what} is refused with a reason`, () => {
      expect(readFile(text)).toEqual({
        ok: false,
        reason: expect.stringMatching(/^(not-ours|truncated|newer|damaged)$/),
        detail: expect.any(String),
      });
      expect(({} as { evil?: number }).evil).toBeUndefined();
    });

  test('many small records are read, none of them out of place', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => recordOf({ type: 'DayStarted', day: 'd01' }, at));
    expect(readFile(writeFile({ records: many, drafts: [] }))).toMatchObject({ records: { length: 20_000 } });
  });
});

const names = [
  '__proto__',
  'constructor',
  'toString',
  '../../etc',
  '<img src=x onerror=alert(1)>',
  '',
  'd01\u0000',
  'x'.repeat(100_000),
  '.git',
  '=cmd|" /C calc"!A0',
];

describe('records that name what they like', () => {
  for (const name of names)
    test(`${JSON.stringify(name.slice(0, 30))} pollutes nothing, writes nowhere else and is no formula`, () => {
      const work = JSON.stringify({
        now: 1e300,
        files: {
          [name]: 'x',
          [`../${name}`]: 'x',
          [`.git/hooks/${name}`]: 'x',
          [`a/${name}/../../../b`]: 'x',
          [`/${name}`]: 'x',
          [`C:\\${name}`]: 'x',
        },
        gone: [name],
        left: [name],
        passed: [name],
      });
      const events = [
        { type: 'DayStarted', day: name },
        { type: 'CheckPassed', day: name, check: name },
        { type: 'StepPassed', day: 'd01', step: name },
        { type: 'WorkKept', day: 'd01', step: name, work },
        { type: 'WorkKept', day: name, step: name, work },
        { type: 'ItemReviewed', day: 'd01', item: name, seed: name, rating: 3 },
        { type: 'PredictionMade', day: 'd01', question: name, choice: -1e300 },
        { type: 'DayPassed', day: name },
        { type: 'DayLearned', day: name },
      ] as const;
      const records = events.map((event, at) => recordOf(event, at)) as readonly StoredRecord[];
      const days = foldDays(records);
      expect(Object.getOwnPropertyDescriptor(days, name)?.value.state).toBe('learned');
      expect(({} as { state?: string }).state).toBeUndefined();
      expect(Object.getPrototypeOf(days)).toBe(Object.prototype);
      const { commits } = planOf(records, []);
      for (const path of commits.flatMap(({ files, folder }) => [folder, ...Object.keys(files)])) {
        expect(path).not.toMatch(/^[/\\]|(^|[/\\])\.\.?([/\\]|$)|(^|[/\\])\.git([/\\]|$)|\0/i);
      }
      for (const line of csvOf(records).split('\r\n'))
        for (const cell of line.split(',')) expect(cell).not.toMatch(/^"?[=+@-]/);
      expect(heatOf([{ name, records }], []).rows[0]?.name).toBe(name);
    });
});

const zip = (files: Readonly<Record<string, Uint8Array>>): Uint8Array => zipSync(files);
const small = zip({ '.noventa/d01.json': strToU8(good) });
/** The sizes in the directory of an archive say less than what is in it. */
function lying(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (let at = 0; at + 28 < copy.length; at++) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
    if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 10, true);
  }
  return copy;
}

const archives: Readonly<Record<string, () => Uint8Array>> = {
  'two letters': () => strToU8('PK'),
  'a beginning': () => small.slice(0, 40),
  'without its directory': () => small.slice(0, -30),
  'of noise': () =>
    Uint8Array.from({ length: 5000 }, (_, at) => (at < 4 ? [0x50, 0x4b, 3, 4][at] : (at * 7919) % 251) as number),
  'that says too little': () => lying(zip({ '.noventa/d01.json': new Uint8Array(5_000_000) })),
  'of names that climb': () => zip({ '../../.noventa/d01.json': strToU8('x'), '/.noventa/d01.json': strToU8('x') }),
  'of names of prototypes': () => zip({ __proto__: strToU8('x'), constructor: strToU8('x') }),
  'of ten thousand files': () =>
    zip(Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`f${at}`, new Uint8Array(1)]))),
  'in an archive': () => zip({ 'a.zip': small }),
  'that grows a thousandfold': () =>
    zip({ '.noventa/d01.json': new Uint8Array(60_000_000), '.noventa/d02.json': new Uint8Array(60_000_000) }),
  'of another kind': () => gzipSync(strToU8(good)),
};

describe('an archive', () => {
  for (const [what, make] of Object.entries(archives))
    test(`${what} brings at most what may come, and is refused by whoever reads it`, async () => {
      const found = await recordsIn(new Blob([make() as Uint8Array<ArrayBuffer>]));
      expect(found.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(64 * 1024 * 1024);
      for (const one of found)
        if (one.size < 20_000_000) expect(readFile(await one.text())).toMatchObject({ ok: false });
    });
});

const packed = (text: string): string => Buffer.from(deflateSync(strToU8(text), { level: 9 })).toString('base64url');
const fragments: Readonly<Record<string, string>> = {
  nothing: '#run=',
  words: '#run=hello',
  'what no address holds': '#run=%00%ff<script>',
  markup: `#run=${packed('<img src=x onerror=alert(1)>')}`,
  'too much': `#run=${'A'.repeat(1_000_000)}`,
  'what grows a thousandfold': `#run=${packed('0'.repeat(20_000_000))}`,
  null: `#run=${packed('null')}`,
  'a list': `#run=${packed('[1]')}`,
  'a prototype': `#run=${packed('{"__proto__":{"v":1,"run":"x"}}')}`,
  'a newer version': `#run=${packed('{"v":99,"run":"x"}')}`,
  'a run of no kind': `#run=${packed('{"v":1,"run":{"toString":1}}')}`,
  'a deep list': `#run=${packed(`{"v":1,"run":${nest(50_000, '[', ']')}}`)}`,
};

describe('a link that carries', () => {
  for (const [what, fragment] of Object.entries(fragments))
    test(`${what} is refused`, () => {
      expect(runIn(fragment)).toMatchObject({ ok: false });
    });
});

test('what is sealed for one purpose is not taken for another', () => {
  expect(unseal('noventa-certificate', good)).toMatchObject({ ok: false, reason: 'not-ours' });
});
