// `node --test`: tells what the programs of several files told of their tests, as one run.
import { host, info } from 'node:internal/host';
import { count, noCounts, reporterOf } from 'node:internal/test/reporters';
import process from 'node:process';

const settings = JSON.parse(info.env.NOVENTA_TEST);
const { items, ms } = JSON.parse(host.decode(new Uint8Array(host.stdin()).buffer));
const report = reporterOf(settings);
const counts = noCounts();
const failures = [];
let number = 0;
let files = 0;
let told = 0;
let failed = 0;

report({ type: 'begin' });

function tell(event) {
  if (event.type === 'result') {
    told += 1;
    if (event.failure !== undefined && !event.todo && !event.skip) {
      failed += 1;
      process.exitCode = 1;
    }
    // A file that is a test itself has the number of the file.
    if (event.depth === 0) event.number = event.file ?? ++number;
    count(counts, event);
    if (event.failure !== undefined) failures.push(event);
  }
  report(event);
}

/** What a file wrote: the lines of it are comments in TAP, and no dots. */
const say = (text) => report({ type: 'text', text });

/** A file that is a test itself. */
function tellFile({ file, path, ms }, failure) {
  const cancelled = failure?.type === 'cancelledByParent';
  tell({
    type: 'result',
    name: file,
    depth: 0,
    file: files,
    kind: 'test',
    place: [path, 1, 1],
    cancelled,
    ms,
    children: 0,
    failure,
  });
}

const failureOf = (type, message, exitCode) => ({
  type,
  message,
  shown: `'${message}'`,
  code: 'ERR_TEST_FAILURE',
  exitCode,
  stack: [],
});

for (const item of items) {
  if (item.type === 'text') say(item.text);
  else if (item.type === 'event' && item.event.type !== 'end') tell(item.event);
  else if (item.type === 'interrupted') {
    report({ type: 'interrupted', name: item.file, place: [item.path, 1, 1] });
    const why = 'Promise resolution is still pending but the event loop has already resolved';
    tellFile(item, failureOf('cancelledByParent', why));
    process.exitCode = 1;
  } else if (item.type === 'ended') {
    const { exitCode } = item;
    files += 1;
    // A file that told of no test is a test itself, and so is one that failed for another reason.
    if (told === 0 || (exitCode !== 0 && failed === 0)) {
      number += 1;
      tellFile(item, exitCode === 0 ? undefined : failureOf('testCodeFailure', 'test failed', exitCode));
    }
    if (exitCode !== 0) process.exitCode = 1;
    told = 0;
    failed = 0;
  }
}
report({ type: 'end', counts, failures, ms, total: number, seed: settings.seed });
