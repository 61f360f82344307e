// Runs inside an isolated page: the contract's cases in a container, through the library.
import { WebContainer } from '@webcontainer/api';
import { openSession } from '../../sandbox/hosts/session.ts';
import { bootContainer } from '../../sandbox/hosts/webcontainer/boot.ts';
import { type ContainerHosts, openContainerHosts } from '../../sandbox/hosts/webcontainer/client.ts';
import { cases } from './contract.ts';

interface Scripts {
  readonly engine: string;
  readonly program: string;
  readonly wasm: readonly number[];
  readonly parts: Readonly<Record<string, string>>;
}

let hosts: ContainerHosts | undefined;

/** @returns why there is no container, or '' */
async function begin({ engine, program, wasm, parts }: Scripts): Promise<string> {
  const boot = () => WebContainer.boot({ coep: 'require-corp' });
  const booted = await bootContainer({ isIsolated: crossOriginIsolated, boot });
  if (!booted.ok) return `${booted.why}: ${booted.detail}`;
  hosts = await openContainerHosts(booted.container, {
    program,
    scripts: [engine],
    wasm: Uint8Array.from(wasm).buffer,
    fetchPart: async (name) => parts[name] ?? '',
  });
  return '';
}

/** Runs one case. @returns its complaint, or '' when it has none. */
async function runCase(name: string, isReal: boolean): Promise<string> {
  try {
    const opened = hosts;
    if (opened === undefined) return 'no container';
    await cases.find((one) => one.name === name)?.run({ startEngine: () => opened.start(isReal), openSession });
    return '';
  } catch (error) {
    return error instanceof Error ? `${error.message}\n${error.stack}` : String(error);
  }
}

Object.assign(globalThis, { container: { begin, runCase, end: () => hosts?.close() } });
