// What is heavy and seldom needed of the engine, in scripts of its own that hosts hand over: `production.ts` is the beginning of one.

import type { PartName } from '../checks/part-names.ts';
import type { Command, Words } from '../machine/index.ts';
import type { PartExports } from './contract.ts';

export type { PartExports, PartName };

/** Gives a part's exports; the host may have to fetch its script first. @throws `PartMissing` when that is not possible now. */
export type LoadPart = <N extends PartName>(name: N) => Promise<PartExports[N]>;

export interface Parts {
  /** The part, as soon as it is there. */
  get<N extends PartName>(name: N): Promise<PartExports[N]>;
  /** One turn of the host's event loop. Nobody has one while a part is under way. */
  pause(): Promise<void>;
}

/**
 * Whether a part is there already or has to come changes nothing that the log could tell: whoever needs it first goes on after one turn
 * of the event loop, and until it is there all else that lives by turns stands still.
 */
export function createParts(load: LoadPart, pause: () => Promise<void>): Parts {
  const asked = new Map<PartName, Promise<unknown>>();
  let arriving: Promise<void> | undefined;

  async function turn(): Promise<void> {
    await pause();
    while (arriving !== undefined) {
      await arriving;
      await pause();
    }
  }

  async function bring(name: PartName): Promise<unknown> {
    await turn();
    const coming = load(name);
    const arrival = coming.then(
      () => {},
      () => {},
    );
    arriving = arrival;
    try {
      const part = await coming;
      // Those whose turn came meanwhile line up for the next one, before this one goes on.
      await arrival;
      return part;
    } catch (error) {
      // The next who needs it tries again.
      asked.delete(name);
      throw error;
    } finally {
      arriving = undefined;
    }
  }

  return {
    pause: turn,
    get<N extends PartName>(name: N) {
      const part = asked.get(name) ?? bring(name);
      asked.set(name, part);
      return part as Promise<PartExports[N]>;
    },
  };
}

/** The host could not fetch a part: the network is gone, or the site has changed since the page was opened. */
export class PartMissing extends Error {
  override readonly name = 'PartMissing';
}

/** A command of a part, which is fetched when somebody first calls it. */
export function lateCommand(name: string, summary: Words, get: () => Promise<Command>): Command {
  return {
    name,
    summary,
    async run(args, io) {
      let command: Command;
      try {
        command = await get();
      } catch (error) {
        if (!(error instanceof PartMissing)) throw error;
        io.stderr(`${name}: ${missingWords[io.machine.language]}\n`);
        return 1;
      }
      return command.run(args, io);
    },
    complete: async (words, start, io) => (await get().catch(() => undefined))?.complete?.(words, start, io) ?? [],
  };
}

/** What a person is told whose tool needs a part that cannot be had. */
export const missingWords = {
  es: 'esta herramienta se trae cuando se usa por primera vez, y ahora no se puede: ¿hay conexión? Repite el comando; si sigue igual, recarga la página (tu trabajo queda guardado)',
  en: 'this tool is fetched when it is first used, and that is not possible now: is there a connection? Repeat the command; if nothing changes, reload the page (your work is kept)',
};
