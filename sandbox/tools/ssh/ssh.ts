import type { Command, CommandIO } from '../../machine/index.ts';
import type { Production } from '../../platform/index.ts';
import { hostOf, unknownHost } from './place.ts';

/** Options without a value, and with one, that change nothing here. */
const flags = 'tTqnvAaCNfx46';
const valued = 'oilpFLRJ';

/** `ssh HOST COMMAND`: a command on a host of the company. */
export function createSsh(production: Production): Command {
  return {
    name: 'ssh',
    summary: { es: 'ejecuta un comando en un host', en: 'runs a command on a host' },
    async run(args, io) {
      let at = 0;
      for (; args[at]?.startsWith('-') === true; at++) {
        const option = args[at] as string;
        const letter = option[1] ?? '';
        if (option === '-V') {
          io.stderr('OpenSSH_9.2p1 Debian-2+deb12u3, OpenSSL 3.0.15 3 Sep 2024\n');
          return 0;
        }
        if ('NfLR'.includes(letter)) return refuse(io, `'${option}' is not part of this sandbox`);
        if (valued.includes(letter)) at += option.length > 2 ? 0 : 1;
        else if (![...option.slice(1)].every((one) => flags.includes(one)))
          return refuse(io, `unknown option -- ${letter}\nusage: ssh [-o option] [user@]host [command [argument ...]]`);
      }
      const [name, ...words] = args.slice(at);
      if (name === undefined) return refuse(io, 'usage: ssh [-o option] [user@]host [command [argument ...]]', false);
      const host = hostOf(name);
      const isScript = words.length === 0 && io.isTyped !== true && io.stdin.length > 0;
      if (words.length === 0 && !isScript)
        return refuse(
          io,
          io.machine.language === 'es'
            ? `una sesión interactiva no forma parte de este sandbox: ssh ${name} COMANDO`
            : `an interactive session is not part of this sandbox: ssh ${name} COMMAND`,
        );
      // Without a command the words that come in are the command.
      const script = isScript ? new TextDecoder().decode(io.stdin) : words.join(' ');
      const stdin = isScript || io.isTyped === true ? new Uint8Array() : io.stdin;
      const end = await production.exec(io.machine, host, script, {
        stdin,
        signal: io.signal,
        isBackground: io.pid !== undefined,
        onOutput: (stream, text) => (stream === 'stdout' ? io.stdout(text) : io.stderr(text)),
      });
      if (end === undefined) {
        io.stderr(unknownHost(host));
        return 255;
      }
      return end.exitCode;
    },
  };
}

function refuse(io: CommandIO, message: string, named = true): number {
  io.stderr(`${named ? 'ssh: ' : ''}${message}\n`);
  return 255;
}
