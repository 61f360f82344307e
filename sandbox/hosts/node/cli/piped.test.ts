import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { listenToPipe } from './piped.ts';

const piped = (stream: PassThrough) => listenToPipe(stream as unknown as NodeJS.ReadStream);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('what is piped into a run', () => {
  it('is taken whole, however many pieces it comes in', async () => {
    const stream = new PassThrough();
    const input = piped(stream);
    stream.write('one ');
    await turn();
    setTimeout(() => stream.end('two'), 5);
    expect(new TextDecoder().decode(await input.take())).toBe('one two');
  });

  it('is nothing where a pipe is held open and nobody writes', async () => {
    const input = piped(new PassThrough());
    await turn();
    expect(await input.take()).toEqual(new Uint8Array());
  });
});
