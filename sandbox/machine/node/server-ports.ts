import type { HttpRequest, HttpResponse, NetworkFailure } from '../network.ts';
import type { Program } from './contract.ts';

/** The ports on which one program listens, and the requests that it has not answered yet. */
export interface Ports {
  /** Opens a port (0: the first free one from 32768 on). @returns its number, or undefined when it is taken. */
  listen(port: number): number | undefined;
  close(port?: number): void;
  answer(id: number, response: HttpResponse | NetworkFailure): void;
  open(): boolean;
  /** Whether all of them have numbers that the system chose: only the program itself knows those. */
  areOwn(): boolean;
  /** Whether somebody waits for an answer, or is being talked to. */
  answering(): boolean;
  /** A conversation of the program with itself begins (1) or ends (-1). */
  talk(change: number): void;
  alive(): boolean;
}

const FIRST_FREE_PORT = 32_768;

/** @param onGiven told when an answer has gone out later than the turn that made it: the program may have nothing left to do. */
export function createPorts(
  program: Pick<Program, 'io' | 'pid' | 'queue'>,
  onRequest: () => void,
  onGiven: () => void,
): Ports {
  const { network, kernel, pace } = program.io.machine;
  const open = new Map<number, () => void>();
  const named = new Set<number>();
  const unanswered = new Map<number, (answer: HttpResponse | NetworkFailure) => void>();
  let nextId = 1;
  let talking = 0;

  function receive(
    port: number,
    { method, target, headers, body }: HttpRequest,
  ): Promise<HttpResponse | NetworkFailure> {
    onRequest();
    pace?.asked(program.pid);
    const id = nextId++;
    const answer = new Promise<HttpResponse | NetworkFailure>((resolve) => unanswered.set(id, resolve));
    program.queue('request', id, port, JSON.stringify({ method, target, headers }), body);
    return answer;
  }

  return {
    listen(wanted) {
      const taken = new Set(network.ports().map(({ port }) => port));
      let port = wanted === 0 ? FIRST_FREE_PORT : wanted;
      while (wanted === 0 && taken.has(port)) port += 1;
      const close = network.listen(port, program.pid, (request) => receive(port, request));
      if (close === undefined) return undefined;
      open.set(port, close);
      if (wanted !== 0) named.add(port);
      return port;
    },
    close(port) {
      for (const [number, close] of open) {
        if (port !== undefined && port !== number) continue;
        close();
        open.delete(number);
        named.delete(number);
      }
      if (port !== undefined) return;
      for (const resolve of unanswered.values()) {
        pace?.heard?.('ECONNRESET');
        resolve('ECONNRESET');
      }
      unanswered.clear();
    },
    answer(id, response) {
      const give = (): void => {
        unanswered.get(id)?.(response);
        unanswered.delete(id);
      };
      // The turn in which it answers is work too, and is counted when it is over.
      pace?.heard?.(response);
      if (pace === undefined || pace.heard !== undefined) give();
      else
        void Promise.resolve().then(() =>
          kernel.schedule(pace.answered(program.pid), () => {
            give();
            onGiven();
          }),
        );
    },
    open: () => open.size > 0,
    areOwn: () => named.size === 0,
    answering: () => unanswered.size > 0 || talking > 0,
    talk(change) {
      talking += change;
    },
    alive: () => open.size > 0 || unanswered.size > 0,
  };
}
