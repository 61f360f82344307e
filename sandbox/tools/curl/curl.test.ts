// The same command lines by the real curl and by ours, against the same service: by the real node, and in the sandbox.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import { type Command, createMachine, createNodeRuntime } from '../../machine/index.ts';
import { createNodeCommand } from '../node.ts';
import { createCurl } from './index.ts';

const curl = createCurl(() => new Promise((resolve) => void setImmediate(resolve)));

const PORT = 39_217;

const service = `import http from 'node:http';
http.createServer(async (req, res) => {
  let body = ''; for await (const chunk of req) body += chunk;
  const to = { '/moved': '/target?x=1', '/loop': '/loop', '/there': '/moved' }[req.url];
  if (to) return res.writeHead(302, { location: to }).end('moved\\n');
  if (req.url === '/mute') return;
  if (req.url === '/reset') return res.destroy();
  if (req.url === '/missing') { res.statusCode = 404; return res.end('no such trip\\n'); }
  if (req.url === '/empty') { res.statusCode = 204; return res.end(); }
  if (req.url === '/chunks') { res.write('a'); res.write('b'); return res.end('c\\n'); }
  if (req.url === '/broken') { res.writeHead(500, 'Out Of Seats', { 'Content-Type': 'text/plain', 'X-Two': ['1', '2'] }); return res.end('x'); }
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify({ method: req.method, url: req.url, headers: req.headers, body }) + '\\n');
}).listen(${PORT});`;

const lines = `
curl -s HOST/trips
curl -s HOST/trips?from=Alba&to=Bru
curl -s -i HOST/missing
curl -sI HOST/trips
curl -s HOST/a/./b/../c
curl -s HOST/ñandú
curl -s -d a=1 -d b=2 HOST/
curl -s --data-raw @x HOST/
curl -s -d @body.txt HOST/
curl -s --data-binary @body.txt HOST/
curl -s -f -o body.txt HOST/missing
curl -s --data-binary @body.txt HOST/still-there
curl -s --data-urlencode 'q=a b&c' HOST/
curl -s --json '{"a":1}' HOST/
curl -s -G -d a=1 --data-urlencode 'q=á é' HOST/search
curl -s -X DELETE HOST/trips/7
curl -s -X PUT -d x HOST/
curl -s -H 'X-Trip: 7' -H 'Accept:' -H 'Empty;' HOST/
curl -s -H 'Content-Type: text/plain' -d hola HOST/
curl -s -A agent -e ref -b 'c=1' -u user:pass HOST/
curl -s HOST/moved
curl -sL HOST/there
curl -s -i HOST/moved
curl -sSL --max-redirs 3 HOST/loop
curl -sL -d a=1 HOST/moved
curl -s -f HOST/missing
curl -sS -f HOST/missing
curl -sS --fail-with-body HOST/missing
curl -sS HOST/reset
curl -s -i HOST/empty
curl -s -i HOST/chunks
curl -s -i HOST/broken
curl -s -o out.txt HOST/missing
curl -s -o /dev/null -w '%{http_code} %{content_type} %{size_download} %{method} %{num_redirects}\\n' HOST/trips
curl -s -o /dev/null -w '%{http_code}' HOST/missing
curl -sL -o /dev/null -w '%{url_effective} %{http_code} %{num_redirects}\\n' HOST/there
curl -s -w '\\n%{nothing}%{header_json' -o /dev/null HOST/missing
curl -sS -o /no/folder HOST/trips
curl -s -D - -o /dev/null HOST/missing
curl -sv HOST/missing
curl -sv -d abc HOST/missing
curl -sS http://nobody.invalid/
curl -sS localhost:1
curl -s localhost:1
curl -sS -w '%{http_code}\\n' localhost:1
curl -sS 'http://a b/'
curl -sS ftp2://x/
curl -sS http://localhost:99999/
curl -sS ''
curl
curl --nonsense HOST
curl -o
curl -X
curl --max-time soon HOST
curl -s -m 0.2 HOST/mute
curl -sfS -o /dev/null HOST/missing HOST/broken
curl -fsS --retry 2 --retry-delay 1 HOST/missing
curl -fsS --retry 1 localhost:1
curl -fsS --retry 1 --retry-connrefused localhost:1
curl -f --no-progress-meter --retry 1 --retry-connrefused --retry-delay 1 localhost:1
curl --no-progress-meter -f -o /dev/null --retry 1 HOST/broken
curl -sf --retry 1 --retry-all-errors HOST/missing
curl --retry
curl --retry x HOST
curl -sS -H 'Expect:' -T body.txt HOST/folder/
curl -sS -H 'Expect:' -T body.txt HOST/first HOST/second
curl -sS -H 'Expect:' -T body.txt HOST/first -T body.txt HOST/second HOST/third
curl -sS -H 'Expect:' -T body.txt -T body.txt HOST/first
curl -sS -T body.txt no-such-host.invalid HOST/second
curl -sS -T body.txt 'http://a b/' HOST/second
curl -sS -T no-such-file HOST/first HOST/second
curl -sS 'http://a b/' HOST/second
`
  .trim()
  .split('\n');

interface Result {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** What differs from run to run: dates, ports of the client, milliseconds. */
function steady({ stdout, stderr, exitCode }: Result): Result {
  const clean = (text: string) =>
    text
      .replaceAll(/Date: .*/g, 'Date: …')
      .replaceAll(/after \d+ ms/g, 'after … ms')
      .replaceAll(
        /"headers":(\{.*?\})/g,
        (_, json: string) => `"headers":${JSON.stringify(Object.entries(JSON.parse(json)).sort())}`,
      );
  return { stdout: clean(stdout), stderr: clean(stderr), exitCode };
}

function runReal(): readonly Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'curl-'));
  writeFileSync(join(folder, 'service.mjs'), service);
  writeFileSync(join(folder, 'body.txt'), 'one\ntwo\n');
  const commands = lines.map(
    (line, index) =>
      `${line.replaceAll('HOST', `localhost:${PORT}`).replace('&to', '\\&to')} > ${index}.out 2> ${index}.err; echo $? > ${index}.code`,
  );
  const script = `"$NODE" service.mjs & service=$!
    for i in $(seq 100); do curl -s localhost:${PORT}/ > /dev/null && break; sleep 0.1; done
    ${commands.join('\n')}
    kill $service`;
  spawnSync('bash', ['-c', script], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C.UTF-8', NODE: process.execPath },
  });
  const read = (index: number, what: string) => readFileSync(join(folder, `${index}.${what}`), 'utf8');
  const results = lines.map((_, index) => ({
    stdout: read(index, 'out'),
    stderr: read(index, 'err'),
    exitCode: Number(read(index, 'code')),
  }));
  rmSync(folder, { recursive: true });
  return results;
}

const hasCurl = spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout?.startsWith('curl 7.88') ?? false;

describe.runIf(hasCurl)('curl says and does what curl 7.88 does', () => {
  const real = hasCurl ? runReal() : [];
  const machine = createMachine({ kernel: createKernel({ seed: 'curl' }), language: 'en' });
  machine.files.writeFile('/home/dev/body.txt', 'one\ntwo\n');
  machine.files.writeFile('/home/dev/service.mjs', service);

  function run(
    command: Command,
    args: readonly string[],
  ): { written: { stdout: string; stderr: string }; ended: Promise<number> } {
    const written = { stdout: '', stderr: '' };
    const ended = Promise.resolve(
      command.run(args, {
        machine,
        cwd: machine.home,
        env: {},
        stdin: new Uint8Array(),
        isTerminal: false,
        columns: 80,
        signal: new AbortController().signal,
        // A pause: all that curl starts.
        run: async () => ({ stdout: new Uint8Array(), stderr: '', exitCode: 0 }),
        stdout: (text) => {
          written.stdout += typeof text === 'string' ? text : new TextDecoder().decode(text);
        },
        stderr: (text) => {
          written.stderr += text;
        },
      }),
    );
    return { written, ended };
  }

  beforeAll(async () => {
    const wasm = readFileSync(createRequire(import.meta.url).resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm'));
    run(createNodeCommand(createNodeRuntime(async () => wasm)), ['service.mjs']);
    while (machine.network.ports().length === 0) await new Promise((resolve) => setImmediate(resolve));
  });

  for (const [index, line] of lines.entries()) {
    it(line, async () => {
      const words = [...line.replaceAll('HOST', `localhost:${PORT}`).matchAll(/'([^']*)'|(\S+)/g)].map(
        ([, a, b]) => a ?? b ?? '',
      );
      const { written, ended } = run(curl, words.slice(1));
      const exitCode = await ended;
      expect(steady({ ...written, exitCode })).toEqual(steady(real[index] as Result));
    });
  }
});

it('refuses what it does not have by name, and says in its help that it shows no meter', async () => {
  const machine = createMachine({ kernel: createKernel({ seed: 'curl' }), language: 'en' });
  const said: string[] = [];
  const io = {
    machine,
    cwd: '/',
    env: {},
    stdin: new Uint8Array(),
    isTerminal: true,
    columns: 80,
    signal: new AbortController().signal,
    stdout: (text: string | Uint8Array) => void said.push(String(text)),
    stderr: (text: string) => void said.push(text),
  };
  expect(await curl.run(['-F', 'a=b', 'localhost'], io)).toBe(2);
  expect(await curl.run(['--help'], io)).toBe(0);
  expect(said[0]).toBe("curl: '-F' is not part of this sandbox\n");
  expect(said[1]).toContain('never\nshows the progress meter');
});
