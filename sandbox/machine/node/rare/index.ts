import asyncHooks from '../lib/async_hooks.js?raw';
import diagnosticsChannel from '../lib/diagnostics_channel.js?raw';
import dns from '../lib/dns.js?raw';
import clone from '../lib/internal/clone.js?raw';
import fork from '../lib/internal/fork.js?raw';
import intl from '../lib/internal/intl.js?raw';
import packed from '../lib/internal/packed.js?raw';
import parseArgs from '../lib/internal/parse-args.js?raw';
import secrets from '../lib/internal/secrets.js?raw';
import testJunit from '../lib/internal/test/junit.js?raw';
import testMock from '../lib/internal/test/mock.js?raw';
import testSnapshot from '../lib/internal/test/snapshot.js?raw';
import watch from '../lib/internal/watch.js?raw';
import net from '../lib/net.js?raw';
import readline from '../lib/readline.js?raw';
import vm from '../lib/vm.js?raw';
import workerThreads from '../lib/worker_threads.js?raw';
import zlib from '../lib/zlib.js?raw';
import type { RareNode } from './contract.ts';
import { decrypt, encrypt, scrypt } from './secrets.ts';
import { withoutUsing } from './using.ts';

export const rareNode: RareNode = {
  modules: {
    async_hooks: asyncHooks,
    diagnostics_channel: diagnosticsChannel,
    dns,
    'dns/promises': `import { promises } from 'node:dns'; export const { lookup } = promises; export default promises;`,
    'internal/clone': clone,
    'internal/fork': fork,
    'internal/intl': intl,
    'internal/packed': packed,
    'internal/parse-args': parseArgs,
    'internal/secrets': secrets,
    'internal/test/junit': testJunit,
    'internal/test/mock': testMock,
    'internal/test/snapshot': testSnapshot,
    'internal/watch': watch,
    net,
    readline,
    'readline/promises': `import { promises } from 'node:readline'; export const { createInterface } = promises; export default promises;`,
    vm,
    worker_threads: workerThreads,
    zlib,
  },
  withoutUsing,
  work: { decrypt, encrypt, scrypt },
};
