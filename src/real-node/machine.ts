// A day's machine in a container with a real Node; where there is none, the embedded one, and why. Loaded when the learner chooses it.
import { bootContainer, type NoContainer } from '../../sandbox/hosts/webcontainer/boot.ts';
import { type ContainerHosts, openContainerHosts } from '../../sandbox/hosts/webcontainer/client.ts';
import type { DayNames } from '../day-assets/contract.ts';
import { type DayMachine, openMachine } from '../workbench/machine.ts';

export interface RealMachine extends DayMachine {
  /** Undefined where it is real. */
  readonly fallback?: { readonly why: NoContainer; readonly detail: string };
  /** Tells of programs that listen on a port, as `ContainerHosts` does; nothing where there is no container. */
  readonly onPort: ContainerHosts['onPort'];
}

interface Wanted {
  readonly base: string;
  readonly day: string;
  readonly names: DayNames;
  readonly program: string;
}

/** @throws when the day cannot be fetched */
export async function openRealMachine({ base, day, names, program }: Wanted): Promise<RealMachine> {
  const boot = () =>
    import('@webcontainer/api').then(({ WebContainer }) => WebContainer.boot({ coep: 'require-corp' }));
  const [machine, booted] = await Promise.all([
    openMachine(base, day, names),
    bootContainer({ isIsolated: crossOriginIsolated, boot }),
  ]);
  if (!booted.ok) return { ...machine, fallback: booted, onPort: () => () => {} };
  const { container } = booted;
  try {
    const response = await fetch(`${base}sandbox/${program}`);
    if (!response.ok) throw new Error(`${program}: ${response.status}`);
    const real = await openContainerHosts(container, { ...machine.data.engine, program: await response.text() });
    const { hosts: embedded } = machine;
    const hosts = {
      start: () => real.start(),
      // What is judged is judged as everywhere: on a machine that does the same each time.
      startJudge: embedded.start,
      isRepeatable: false,
      close() {
        real.close();
        embedded.close();
      },
    };
    return { ...machine, hosts, onPort: real.onPort };
  } catch (error) {
    container.teardown();
    const fallback = { why: 'refused', detail: error instanceof Error ? error.message : String(error) } as const;
    return { ...machine, fallback, onPort: () => () => {} };
  }
}
