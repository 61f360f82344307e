// `node --test`: tells what the programs of several files told of their tests, as one run.
import { host, info } from 'node:internal/host';
import { reporterOf } from 'node:internal/test/reporters';
import process from 'node:process';

const settings = JSON.parse(info.env.NOVENTA_TEST);
const { items, ms } = JSON.parse(host.decode(new Uint8Array(host.stdin()).buffer));
const report = reporterOf(settings);
const counts = { tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };
const failures = [];
let number = 0;
let files = 0;
let told = 0;
let failed = 0;

report({ type: 'begin' });

function tell(event) {
  if (event.type === 'result') {
    told += 1;
    if (event.failure !== undefined && !event.todo) failed += 1;
    // A file that is a test itself has the number of the file.
    if (event.depth === 0) event.number = event.file ?? ++number;
  }
  report(event);
}

/** What a file wrote: the lines of it are comments in TAP, and no dots. */
const say = (text) => report({ type: 'text', text });

for (const item of items) {
  if (item.type === 'text') say(item.text);
  else if (item.type === 'event' && item.event.type !== 'end') tell(item.event);
  else if (item.type === 'event') {
    for (const [name, count] of Object.entries(item.event.counts)) counts[name] += count;
    failures.push(...item.event.failures);
  } else if (item.type === 'ended') {
    files += 1;
    // A file that told of no test is a test itself, and so is one that failed for another reason.
    if (told === 0 || (item.exitCode !== 0 && failed === 0)) {
      const { file, path, exitCode } = item;
      const failure =
        exitCode === 0
          ? undefined
          : {
              type: 'testCodeFailure',
              message: 'test failed',
              shown: "'test failed'",
              code: 'ERR_TEST_FAILURE',
              exitCode,
              stack: [],
            };
      const result = {
        type: 'result',
        name: file,
        depth: 0,
        file: files,
        kind: 'test',
        place: [path, 1, 1],
        ms: item.ms,
        children: 0,
        failure,
      };
      counts.tests += 1;
      counts[failure === undefined ? 'pass' : 'fail'] += 1;
      if (failure !== undefined) failures.push(result);
      number += 1;
      tell(result);
    }
    if (item.exitCode !== 0) process.exitCode = 1;
    told = 0;
    failed = 0;
  }
}
report({ type: 'end', counts, failures, ms, total: number, seed: settings.seed });
