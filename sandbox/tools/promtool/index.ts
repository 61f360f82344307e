// promtool: looks over rules, configurations and metrics, runs tests of rules, and asks a Prometheus server.
import type { Command, CommandIO } from '../../machine/index.ts';
import { checkConfig } from './check-config.ts';
import { checkMetrics } from './check-metrics.ts';
import { checkRules, lintOf } from './check-rules.ts';
import { fileExists } from './files.ts';
import { commands, help, parseArgs } from './options.ts';
import { runQuery } from './query.ts';
import { testRules } from './test-rules.ts';

export const promtool: Command = {
  name: 'promtool',
  summary: {
    es: 'revisa reglas y configuraciones de Prometheus, prueba reglas y consulta un servidor',
    en: 'checks rules and configurations of Prometheus, tests rules and queries a server',
  },
  async run(args, io) {
    if (args.some((arg) => arg === '--help' || arg === '-h' || arg === '--help-long') || args[0] === 'help') {
      io.stderr(help);
      return 0;
    }
    if (args[0] === '--version') {
      io.stdout('promtool, version 2.42.0 (Noventa)\n');
      return 0;
    }
    const parsed = parseArgs(args, (path) => fileExists(path, io));
    if ('error' in parsed) {
      io.stderr(parsed.error);
      return 1;
    }
    return run(parsed, io);
  },
  complete(words, start) {
    const names = Object.keys(commands).map((name) => name.split(' '));
    const fitting = words.length < 2 ? names.filter((name) => words[1] === undefined || name[0] === words[1]) : [];
    return [...new Set(fitting.map((name) => name[Math.max(0, words.length - 1)] ?? ''))].filter((word) =>
      word.startsWith(start),
    );
  },
};

function run(
  parsed: Exclude<ReturnType<typeof parseArgs>, { error: string }>,
  io: CommandIO,
): number | Promise<number> {
  const { command, args, flags } = parsed;
  switch (command) {
    case 'check rules':
      return checkRules(args, lintOf(flags), io);
    case 'check config':
      return checkConfig(args, flags.has('syntax-only'), lintOf(flags), io);
    case 'check metrics':
      return checkMetrics(io);
    case 'test rules':
      return testRules(args, flags.get('run') ?? [], io);
    default:
      return runQuery(parsed, io);
  }
}
