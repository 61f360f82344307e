import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import { createMachine, type HttpResponse, type Machine } from '../../machine/index.ts';
import { answerRegistry } from './http.ts';

function desk(): Machine {
  return createMachine({ kernel: createKernel({ seed: 'registry' }), language: 'en' });
}

function ask(
  machine: Machine,
  method: string,
  target: string,
  body = '',
  headers: Record<string, string> = {},
): HttpResponse {
  const request = { method, target, headers, body: new TextEncoder().encode(body) };
  return answerRegistry(machine, request, { user: 'dev', now: machine.kernel.now() });
}

const textOf = ({ body }: HttpResponse): string => new TextDecoder().decode(body);
const headerOf = ({ headers }: HttpResponse, name: string) => headers.find(([one]) => one === name)?.[1];

describe('the registry', () => {
  test('gives back what was published, with the SHA-256 of its bytes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (content) => {
        const machine = desk();
        const digest = createHash('sha256').update(content).digest('hex');
        const put = ask(machine, 'PUT', '/seats/1.0.0/seats.tgz', content);
        expect([put.status, headerOf(put, 'X-Checksum-Sha256')]).toEqual([201, digest]);
        const got = ask(machine, 'GET', '/seats/1.0.0/seats.tgz');
        expect([got.status, textOf(got), headerOf(got, 'X-Checksum-Sha256')]).toEqual([200, content, digest]);
      }),
    );
  });

  test('takes the same bytes again, and refuses others under a version that is there', () => {
    const machine = desk();
    ask(machine, 'PUT', '/seats/1.0.0/seats.tgz', 'a');
    expect(ask(machine, 'PUT', '/seats/1.0.0/seats.tgz', 'a').status).toBe(200);
    const refused = ask(machine, 'PUT', '/seats/1.0.0/seats.tgz', 'b');
    expect([refused.status, JSON.parse(textOf(refused)).title]).toEqual([409, 'Conflict']);
    expect(textOf(ask(machine, 'GET', '/seats/1.0.0/seats.tgz'))).toBe('a');
    expect(machine.kernel.log.entries().map(({ type }) => type)).toEqual(['ArtifactPublished', 'ArtifactRefused']);
  });

  test('takes nothing while it is read-only, and lists what it has', () => {
    const machine = desk();
    ask(machine, 'PUT', '/seats/1.0.0/seats.tgz', 'a');
    machine.far.writeFile('/srv/registry/.read-only', '');
    expect(ask(machine, 'PUT', '/seats/1.0.1/seats.tgz', 'b').status).toBe(503);
    expect(JSON.parse(textOf(ask(machine, 'GET', '/')))).toHaveLength(1);
  });

  test('keeps a log of downloads where there is one, and of nothing else', () => {
    const machine = desk();
    ask(machine, 'PUT', '/seats/1.0.0/seats.tgz', 'a');
    ask(machine, 'GET', '/seats/1.0.0/seats.tgz');
    expect(machine.far.exists('/srv/registry/.access.log')).toBe(false);
    machine.far.writeFile('/srv/registry/.access.log', '');
    machine.kernel.advance(1000);
    for (const [method, target] of [
      ['HEAD', '/seats/1.0.0/seats.tgz'],
      ['GET', '/seats'],
      ['GET', '/seats/9.9.9/seats.tgz'],
      ['GET', '/seats/1.0.0/seats.tgz'],
    ] as const)
      ask(machine, method, target);
    expect(machine.far.readText('/srv/registry/.access.log')).toBe(`${machine.kernel.now()} seats/1.0.0/seats.tgz\n`);
  });

  test('removes nothing', () => {
    const machine = desk();
    ask(machine, 'PUT', '/seats/1.0.0/seats.tgz', 'a');
    const refused = ask(machine, 'DELETE', '/seats/1.0.0/seats.tgz');
    expect([refused.status, headerOf(refused, 'Allow')]).toEqual([405, 'GET, HEAD, PUT']);
    expect(ask(machine, 'HEAD', '/seats/1.0.0/seats.tgz').status).toBe(200);
  });

  test('lists in the order of publishing, and knows who published', () => {
    const machine = desk();
    const user = { authorization: `Basic ${Buffer.from('ana:secret').toString('base64')}` };
    ask(machine, 'PUT', '/seats/1.1.0/seats.tgz', 'b', user);
    machine.kernel.advance(1000);
    ask(machine, 'PUT', '/seats/1.0.1/seats.tgz', 'a');
    const list = JSON.parse(textOf(ask(machine, 'GET', '/seats'))) as { version: string; publishedBy: string }[];
    expect(list.map(({ version, publishedBy }) => [version, publishedBy])).toEqual([
      ['1.1.0', 'ana'],
      ['1.0.1', 'dev'],
    ]);
  });

  test.each([
    ['PUT', '/seats/latest/seats.tgz', 400],
    ['PUT', '/seats/01.0.0/seats.tgz', 400],
    ['PUT', '/seats/1.0.0/..%2f..%2fx', 400],
    ['PUT', '/seats/1.0.0', 405],
    ['GET', '/seats/9.9.9/seats.tgz', 404],
    ['GET', '/nothing', 404],
    ['GET', '/%E0%A4%A/1', 400],
  ])('answers %s %s with %i', (method, target, status) => {
    expect(ask(desk(), method, target, 'x').status).toBe(status);
  });

  test('does not know what is published later', () => {
    const machine = desk();
    const before = machine.kernel.now();
    machine.kernel.advance(1000);
    ask(machine, 'PUT', '/seats/1.0.0/seats.tgz', 'a');
    const request = { method: 'GET', target: '/seats/1.0.0/seats.tgz', headers: {}, body: new Uint8Array() };
    expect(answerRegistry(machine, request, { user: 'web-1', now: before }).status).toBe(404);
  });
});
