// `sudo` of a host: whoever comes in may do everything there, as the first user of a cloud machine may.
import type { Command } from '../../machine/index.ts';

export const sudo: Command = {
  name: 'sudo',
  summary: {
    es: 'ejecuta un comando con los permisos del sistema',
    en: 'runs a command with the rights of the system',
  },
  async run(args, io) {
    const words = [...args];
    while (words[0]?.startsWith('-') === true || /^\w+=/.test(words[0] ?? '')) {
      const option = words[0] as string;
      if (!['-n', '-E', '-H', '--', '-S'].includes(option)) {
        io.stderr(`sudo: '${option}' is not part of this sandbox\n`);
        return 1;
      }
      words.shift();
    }
    if (words.length === 0 || io.run === undefined) {
      io.stderr('usage: sudo [-EHn] command [arg ...]\n');
      return 1;
    }
    const ran = await io.run({ words, stdin: io.stdin, signal: io.signal });
    io.stdout(ran.stdout);
    const missing = ran.exitCode === 127 && /command not found$/m.test(ran.stderr);
    io.stderr(missing ? `sudo: ${words[0]}: command not found\n` : ran.stderr);
    return missing ? 1 : ran.exitCode;
  },
};
