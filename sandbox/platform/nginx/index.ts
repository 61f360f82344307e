// nginx of a host: the reverse proxy at the public port, whose configuration is the pointer to what serves.
import { type Command, type CommandIO, formatTime, type Machine } from '../../machine/index.ts';
import { CONFIG, readConfig, type Server } from './config.ts';
import { createProxy } from './proxy.ts';

/**
 * Ms from the signal to the end: the ports are closed at once, then the workers finish and the master waits for them. What a stop costs
 * decides whether a restart is felt; a tenth of a second is our figure for a small machine, not a measured one.
 */
const STOPS = 100;

const ERROR_LOG = '/var/log/nginx/error.log';

/** What a host has of nginx as it is installed, until somebody changes it. */
export const nginxFiles: Readonly<Record<string, string>> = {
  [CONFIG]: `user www-data;
worker_processes auto;
error_log ${ERROR_LOG};

events {
    worker_connections 768;
}

http {
    include /etc/nginx/conf.d/*.conf;
    include /etc/nginx/sites-enabled/*;
}
`,
  '/lib/systemd/system/nginx.service': `[Unit]
Description=A high performance web server and a reverse proxy server
After=network-online.target

[Service]
ExecStart=/usr/sbin/nginx -g 'daemon off;'
ExecReload=/usr/sbin/nginx -s reload

[Install]
WantedBy=multi-user.target
`,
};

/** The command `nginx`, which is the server too when it is started with `daemon off`. */
export function createNginx(machine: Machine): Command {
  const { files, kernel, network, processes } = machine;
  let running: { reload(): boolean } | undefined;

  const log = (level: string, message: string): void => {
    files.mkdir('/var/log/nginx', { recursive: true });
    files.appendFile(ERROR_LOG, `${formatTime('%Y/%m/%d %H:%M:%S', kernel.now())} [${level}] ${message}\n`);
  };
  const complain = (io: Pick<CommandIO, 'stderr'>, level: string, message: string): void => {
    io.stderr(`nginx: [${level}] ${message}\n`);
    log(level, message);
  };

  function serve(io: CommandIO): Promise<number> {
    const first = readConfig(files);
    if ('problem' in first) {
      complain(io, 'emerg', first.problem);
      return Promise.resolve(1);
    }
    let servers: readonly Server[] = first.servers;
    /** Process and thread, before what the running server writes. */
    const worker = (): string => `${process.pid}#${process.pid}:`;
    const proxy = createProxy(
      machine,
      () => servers,
      (message) => log('error', `${worker()} ${message}`),
    );
    let end = (_: number): void => {};
    const ended = new Promise<number>((resolve) => {
      end = resolve;
    });
    const open = new Map<number, () => void>();
    let refused: number | undefined;

    function openPorts(pid: number): void {
      const wanted = new Set(servers.map(({ port }) => port));
      for (const [port, close] of open) {
        if (wanted.has(port)) continue;
        close();
        open.delete(port);
      }
      for (const port of wanted) {
        if (open.has(port)) continue;
        const close = network.listen(port, pid, (request) => proxy.answer(port, request));
        if (close === undefined) refused ??= port;
        else open.set(port, close);
      }
    }
    function close(code: number, after = 0): void {
      for (const one of open.values()) one();
      open.clear();
      running = undefined;
      if (after === 0) end(code);
      else kernel.schedule(after, () => end(code));
    }

    const process = processes.start('nginx: master process /usr/sbin/nginx', (pid) => {
      openPorts(pid);
      return { kill: (signal) => (signal === 'SIGKILL' ? close(137) : close(0, STOPS)), ended };
    });
    if (refused !== undefined) {
      complain(io, 'emerg', `bind() to 0.0.0.0:${refused} failed (98: Address already in use)`);
      close(1);
      return process.ended;
    }
    running = {
      reload() {
        const next = readConfig(files);
        if ('problem' in next) {
          log('emerg', `${worker()} ${next.problem}`);
          return false;
        }
        servers = next.servers;
        openPorts(process.pid);
        return true;
      },
    };
    return process.ended;
  }

  return {
    name: 'nginx',
    summary: { es: 'el proxy inverso del host', en: 'the reverse proxy of the host' },
    run(args, io) {
      const words = args.join(' ');
      if (words === '-v') {
        io.stderr('nginx version: nginx/1.22.1\n');
        return 0;
      }
      const read = readConfig(files);
      const isTest = ['-t', '-tq', '-qt', '-t -q', '-q -t'].includes(words);
      if (isTest || words === '-s reload') {
        if ('problem' in read) {
          complain(io, 'emerg', read.problem);
          if (isTest) io.stderr(`nginx: configuration file ${CONFIG} test failed\n`);
          return 1;
        }
      }
      if (isTest) {
        // -q: only what is wrong is told.
        if (words !== '-t') return 0;
        io.stderr(
          `nginx: the configuration file ${CONFIG} syntax is ok\nnginx: configuration file ${CONFIG} test is successful\n`,
        );
        return 0;
      }
      if (words === '-s reload') {
        if (running === undefined) {
          complain(io, 'error', 'open() "/run/nginx.pid" failed (2: No such file or directory)');
          return 1;
        }
        return running.reload() ? 0 : 1;
      }
      if (words === '-g daemon off;') return serve(io);
      io.stderr(words === '' ? 'nginx: systemctl start nginx\n' : `nginx: '${words}' is not part of this sandbox\n`);
      return 1;
    },
  };
}
