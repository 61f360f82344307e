import { parseArgs } from 'node:util';
import type { Language } from '../../../machine/words.ts';
import { Told } from '../../build/told.ts';
import { check } from './check.ts';
import { list } from './list.ts';
import { log } from './log.ts';
import { mutants } from './mutants.ts';
import { newDay } from './new-day.ts';
import { type Request, UsageError } from './request.ts';
import { run } from './run.ts';
import { verify } from './verify.ts';
import { languageOf, words } from './words.ts';
import { workflow } from './workflow.ts';
import { world } from './world.ts';
import { worldHelp } from './world-words.ts';

const commands: Readonly<Record<string, (request: Request) => Promise<number>>> = {
  list,
  check,
  run,
  log,
  verify,
  mutants,
  'new-day': newDay,
  workflow,
  world,
};

const options = {
  help: { type: 'boolean', short: 'h', default: false },
  json: { type: 'boolean', default: false },
  files: { type: 'string' },
  'write-back': { type: 'boolean', default: false },
  lang: { type: 'string' },
  event: { type: 'string' },
  seeds: { type: 'string' },
  plan: { type: 'string' },
  input: { type: 'string', multiple: true },
  secret: { type: 'string', multiple: true },
  var: { type: 'string', multiple: true },
  ref: { type: 'string' },
  payload: { type: 'string' },
  repository: { type: 'string' },
  actor: { type: 'string' },
  seed: { type: 'string' },
  until: { type: 'string' },
} as const;

/** Runs one command line. @returns the exit code of the process. */
export async function main(args: readonly string[]): Promise<number> {
  // Read by hand, for what is told below may be that the line cannot be parsed.
  const asked = args.indexOf('--lang');
  const language = languageOf(asked < 0 ? undefined : args[asked + 1], process.env);
  // A reader that has seen enough (`noventa log … | head`) is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  try {
    return await dispatch(args);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const known = error instanceof UsageError || error instanceof Told || 'code' in error;
    console.error(`noventa: ${known ? error.message : (error.stack ?? error.message)}`);
    if (error instanceof UsageError || 'code' in error) console.error(`\n${words.usage[language]}`);
    return 2;
  }
}

async function dispatch(args: readonly string[]): Promise<number> {
  const split = args.indexOf('--');
  const before = split < 0 ? args : args.slice(0, split);
  const { values, positionals } = parseArgs({ args: [...before], options, allowPositionals: true });
  const language = languageOf(values.lang, process.env);
  const [name, ...days] = positionals;
  if (values.help && name === 'world') {
    console.log(worldHelp[language]);
    return 0;
  }
  if (values.help || name === undefined) {
    console.log(words.usage[language]);
    return name === undefined && !values.help ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new UsageError(`${words.unknownCommand[language]}: ${name}`);
  return command({
    language,
    days,
    json: values.json,
    writeBack: values['write-back'],
    ...(values.seeds === undefined ? {} : { seeds: seedCount(values.seeds, language) }),
    ...(values.plan === undefined ? {} : { plan: values.plan }),
    ...(values.event === undefined ? {} : { event: values.event }),
    inputs: pairs(values.input),
    secrets: pairs(values.secret),
    vars: pairs(values.var),
    ...(values.ref && { ref: values.ref }),
    ...(values.payload && { payload: values.payload }),
    ...(values.repository && { repository: values.repository }),
    ...(values.actor && { actor: values.actor }),
    ...(values.seed === undefined ? {} : { seed: values.seed }),
    ...(values.until === undefined ? {} : { until: values.until }),
    ...(values.files === undefined ? {} : { files: values.files }),
    ...(split < 0 ? {} : { script: args.slice(split + 1).join(' ') }),
  });
}

function seedCount(text: string, language: Language): number | 'all' {
  if (text === 'all') return text;
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 1000)
    throw new UsageError(`--seeds ${text}: ${words.seedCount[language]}`);
  return count;
}

/** `NAME=value`, each. */
function pairs(given: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((one) => {
      const at = one.indexOf('=');
      return at < 0 ? [one, ''] : [one.slice(0, at), one.slice(at + 1)];
    }),
  );
}
