import {
  type CallName,
  type Calls,
  type EngineEvent,
  EngineFault,
  type EngineHost,
  EngineStopped,
  type FromEngine,
  type Request,
} from './protocol.ts';

/** Carries messages to an engine and back. */
export interface Transport {
  post(request: Request): void;
  onMessage(listener: (message: FromEngine) => void): void;
  /** The other side broke down in a way that no reply tells of. */
  onFault(listener: (message: string) => void): void;
  close(): void;
}

/** The calling side of the protocol over any transport. */
export function connect(transport: Transport): EngineHost {
  let nextId = 1;
  let ended: Error | undefined;
  let tellEnd = (_: Error): void => {};
  const whenEnded = new Promise<Error>((resolve) => {
    tellEnd = resolve;
  });
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  const listeners = new Set<(event: EngineEvent) => void>();

  function end(error: Error): void {
    if (ended !== undefined) return;
    ended = error;
    tellEnd(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    transport.close();
  }

  transport.onFault((message) => end(new EngineFault(message)));
  transport.onMessage((message) => {
    if ('event' in message) {
      for (const listener of listeners) listener(message);
      return;
    }
    const call = waiting.get(message.id);
    // What answers no call is no answer: an engine that a hostile program took over says what it likes.
    if (call === undefined) return;
    waiting.delete(message.id);
    if ('fault' in message) {
      const fault = new EngineFault(message.fault.message);
      fault.stack = message.fault.stack;
      call.reject(fault);
    } else call.resolve(message.answer);
  });

  return {
    call<N extends CallName>(name: N, args: Calls[N]['args']): Promise<Calls[N]['answer']> {
      if (ended !== undefined) return Promise.reject(ended);
      const id = nextId++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve: (answer) => resolve(answer as Calls[N]['answer']), reject });
        transport.post({ id, call: name, args } as Request);
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ended: whenEnded,
    stop: () => end(new EngineStopped('the engine was stopped')),
  };
}
