import { expect, test } from 'vitest';
import { connect } from './connect.ts';
import type { EngineHost, FromEngine, Request, Snapshot } from './protocol.ts';
import { openSession } from './session.ts';

const shell = { cwd: '/home/dev', variables: {}, exported: [], functions: [], aliases: {}, history: [] };
const state: Snapshot = {
  version: 1,
  day: 'none',
  kernel: { seed: 's', now: 0, random: {}, log: [] },
  files: { '/': { type: 'directory', mode: 0o755, mtimeMs: 0 } },
  shell,
};
const pack = { day: 'none', seed: 's', files: {} };

interface Scripted {
  readonly host: EngineHost;
  readonly requests: Request[];
  emit(message: FromEngine): void;
  fault(text: string): void;
  closed: boolean;
}

/** An engine that answers as it is told. `answers` gives undefined for a call that never comes back. */
function scripted(answers: (request: Request) => unknown): Scripted {
  let hear = (_: FromEngine): void => {};
  let fault = (_: string): void => {};
  const engine: Omit<Scripted, 'host'> = {
    requests: [],
    emit: (message) => hear(message),
    fault: (text) => fault(text),
    closed: false,
  };
  const host = connect({
    post(request) {
      engine.requests.push(request);
      const answer = request.call === 'snapshot' ? { snapshot: state } : answers(request);
      if (answer !== undefined) queueMicrotask(() => hear({ id: request.id, answer }));
    },
    onMessage(listener) {
      hear = listener;
    },
    onFault(listener) {
      fault = listener;
    },
    close() {
      engine.closed = true;
    },
  });
  return Object.assign(engine, { host });
}

function engines(answers: (request: Request) => unknown) {
  const started: Scripted[] = [];
  const startEngine = () => {
    const engine = scripted(answers);
    started.push(engine);
    return engine.host;
  };
  return { started, startEngine };
}

const first = (started: readonly Scripted[], index = 0): Scripted => started[index] as Scripted;

test('a program that hears Ctrl+C keeps its engine', async () => {
  const { started, startEngine } = engines(() => ({}));
  const session = await openSession({ startEngine, pack, language: 'en' });
  first(started).emit({ event: 'busy', busy: true, terminals: ['t1'] });
  const stopping = session.stopProgram();
  setTimeout(() => first(started).emit({ event: 'busy', busy: false, terminals: [] }), 20);
  expect(await stopping).toBe('interrupted');
  expect(started).toHaveLength(1);
});

test('a program that does not hear it loses its engine; the next one goes on from what was kept, and terminals open again', async () => {
  const { started, startEngine } = engines((request) => (request.call === 'interrupt' ? undefined : {}));
  const session = await openSession({ startEngine, pack, language: 'en' });
  await session.call('openTerminal', { id: 't', columns: 80, rows: 24 });
  const told: string[] = [];
  session.subscribe((event) => void (event.event === 'output' && told.push(event.text)));
  first(started).emit({ event: 'busy', busy: true, terminals: ['t1'] });
  const bytes = new TextEncoder().encode('kept');
  first(started).emit({ event: 'files', changes: [{ op: 'write', path: '/x', bytes, mode: 0o644, mtimeMs: 5 }] });
  expect(await session.stopProgram()).toBe('restarted');
  expect(first(started).closed).toBe(true);
  const [start, reopened] = first(started, 1).requests;
  expect(start).toMatchObject({ call: 'start', args: { snapshot: { files: { '/x': { bytes } } } } });
  expect(reopened).toMatchObject({ call: 'openTerminal', args: { id: 't' } });
  expect(told.join('')).toContain('restarted');
});

test('what was done is what the engine began, at the moment that it tells; what it never began was not done', async () => {
  const { started, startEngine } = engines((request) => {
    if (request.call !== 'makeFolder') return {};
    first(started).emit({ event: 'began', at: 90, entries: 3, isBusy: true });
    return { ok: true };
  });
  const session = await openSession({ startEngine, pack, language: 'en' });
  await session.call('makeFolder', { path: 'a' });
  void session.call('rename', { from: 'a', to: 'b' });
  const [visit] = session.recording().visits;
  expect(visit?.actions).toEqual([{ call: 'makeFolder', args: { path: 'a' }, at: 90, during: 3 }]);
});

test('an engine that breaks down on its own is begun again', async () => {
  const { started, startEngine } = engines(() => ({}));
  await openSession({ startEngine, pack, language: 'en' });
  first(started).fault('out of memory');
  await expect.poll(() => started.length).toBe(2);
});

test('a closed session ends its engine and begins no other', async () => {
  const { started, startEngine } = engines(() => ({}));
  const session = await openSession({ startEngine, pack, language: 'en' });
  session.close();
  await expect.poll(() => first(started).closed).toBe(true);
  expect(started).toHaveLength(1);
});

test('checks are judged in an engine of their own, which is ended afterwards', async () => {
  const results = [{ id: 'a', outcome: 'passed' as const }];
  const { started, startEngine } = engines((request) => {
    if (request.call === 'check') first(started, 1).emit({ event: 'checked', result: { id: 'a', outcome: 'passed' } });
    return request.call === 'check' ? { results } : {};
  });
  const session = await openSession({ startEngine, pack, language: 'en' });
  expect(await session.check(['a'])).toEqual(results);
  expect(first(started, 1).closed).toBe(true);
  expect(first(started).closed).toBe(false);
});

test('an engine that breaks while it judges leaves that check unfinished and goes on with the next', async () => {
  let judging = 0;
  const { started, startEngine } = engines((request) => {
    if (request.call !== 'check') return {};
    const engine = started.at(-1);
    judging += 1;
    if (judging === 1) {
      queueMicrotask(() => engine?.fault('crash'));
      return undefined;
    }
    engine?.emit({ event: 'checked', result: { id: 'b', outcome: 'passed' } });
    return { results: [] };
  });
  const session = await openSession({ startEngine, pack, language: 'en' });
  expect(await session.check(['a', 'b'])).toMatchObject([
    { id: 'a', outcome: 'unfinished', fault: 'course' },
    { id: 'b', outcome: 'passed' },
  ]);
});
