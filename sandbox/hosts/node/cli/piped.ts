// What is piped into `noventa run`: it becomes the standard input of the script.

export interface Piped {
  /** All of it once it has ended; empty when nobody has written anything so far. */
  take(): Promise<Uint8Array>;
}

/** Listens at once, so that what is there already is heard of while the sandbox opens. A keyboard is not listened to. */
export function listenToPipe(input: NodeJS.ReadStream): Piped {
  if (input.isTTY) return { take: async () => new Uint8Array() };
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve) => {
    for (const event of ['end', 'error', 'close']) input.once(event, resolve);
  });
  input.on('data', (chunk: Buffer) => chunks.push(chunk));
  return {
    async take() {
      // Whoever holds a pipe open and writes nothing (a program that started us) must not make us wait for ever.
      if (chunks.length > 0) await ended;
      input.destroy();
      return Uint8Array.from(Buffer.concat(chunks));
    },
  };
}
