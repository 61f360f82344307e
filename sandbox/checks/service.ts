import type { Machine } from '../machine/machine.ts';
import type { HttpResponse, NetworkFailure } from '../machine/network.ts';
import { quote } from '../machine/shell/quote.ts';
import type { Desk, Service } from './contract.ts';
import type { DeskParts } from './parts.ts';
import { CheckStop, failed, ProgramOverLimit } from './verdict.ts';

/** How long a program may take until it listens, and to answer one request: ms of simulated time. */
const START_LIMIT = 10_000;
const TICK = 50;
const OUTPUT = '/tmp/service-output';

/** The exit codes with which the sandbox ends a program that used up its time or its memory. */
const LIMIT_CODES: readonly number[] = [124, 134, 137];

/** See `Desk.start`. */
export async function startService(
  parts: Omit<DeskParts, 'onSeed'>,
  command: string,
  options: Parameters<Desk['start']>[1] = {},
): Promise<Service> {
  const { machine, shell, pause } = parts;
  const { cwd = machine.home, port = 8080, env = {} } = options;
  const before = new Set(machine.network.ports().map((open) => open.port));
  const assignments = Object.entries({ PORT: String(port), ...env }).map(([name, value]) => `${name}=${quote(value)}`);
  await shell.run(`cd ${quote(cwd)} && ${assignments.join(' ')} ${command} > ${OUTPUT} 2>&1 &`, { terminal: 'check' });
  const program = machine.processes.list().at(-1);
  let exitCode: number | undefined;
  void program?.ended.then((code) => {
    exitCode = code;
  });
  const overLimit = (): boolean => exitCode !== undefined && LIMIT_CODES.includes(exitCode);

  const listening = () => machine.network.ports().find((open) => !before.has(open.port));
  for (let waited = 0; listening() === undefined && waited < START_LIMIT; waited += TICK) {
    await pause();
    if (machine.processes.list().length === 0 && listening() === undefined) break;
    machine.kernel.advance(TICK);
  }
  const open = listening();
  if (open === undefined) {
    if (overLimit()) throw new ProgramOverLimit(`${command} never listened`);
    program?.kill('SIGKILL');
    throw neverListened(machine, command, exitCode === undefined);
  }
  return {
    async get(target) {
      const request = { method: 'GET', target, headers: { host: `localhost:${open.port}` }, body: new Uint8Array() };
      const answer = await answerWithin(parts, machine.network.request('localhost', open.port, request));
      if (typeof answer !== 'string') return withText(answer);
      // A program that was ended lets go of its requests first, and is told to have ended then.
      await pause();
      if (overLimit()) throw new ProgramOverLimit(`${command} did not answer ${target}: ${outputOf(machine)}`);
      throw noAnswer(machine, target, answer);
    },
    stop: () => machine.processes.find(open.pid)?.kill('SIGKILL'),
  };
}

/** Lets time pass, for answers that wait for timers, up to the limit: a request that nobody ends has no answer. */
async function answerWithin(
  { machine, pause }: Pick<DeskParts, 'machine' | 'pause'>,
  request: Promise<HttpResponse | NetworkFailure>,
): Promise<HttpResponse | NetworkFailure> {
  let answer: HttpResponse | NetworkFailure | undefined;
  void request.then((given) => {
    answer = given;
  });
  for (let waited = 0; answer === undefined && waited < START_LIMIT; waited += TICK) {
    await pause();
    if (answer === undefined) machine.kernel.advance(TICK);
  }
  return answer ?? 'ETIMEDOUT';
}

function withText(response: HttpResponse): HttpResponse & { text: string; json(): unknown } {
  const text = new TextDecoder().decode(response.body);
  return { ...response, text, json: () => JSON.parse(text) };
}

/** What the program said last, or the line that names its error. */
function outputOf(machine: Machine): string {
  if (!machine.files.exists(OUTPUT)) return '';
  const lines = machine.files.readText(OUTPUT).trim().split('\n');
  // Node prints the trace of an error below the line that names it.
  const error = lines.findLast((line) => /^\w*Error\b[^:]*: /.test(line));
  return error?.slice(0, 300) ?? lines.slice(-4).join('\n').slice(-300);
}

function neverListened(machine: Machine, command: string, running: boolean): CheckStop {
  const said = outputOf(machine);
  return new CheckStop(
    failed({
      expected: {
        es: `\`${command}\` arranca y escucha en el puerto de PORT`,
        en: `\`${command}\` starts and listens on the port in PORT`,
      },
      found:
        said === ''
          ? running
            ? { es: 'está en marcha, pero no escucha', en: 'it runs, but it does not listen' }
            : { es: 'terminó sin decir nada', en: 'it ended without a word' }
          : { es: `dijo: ${said}`, en: `it said: ${said}` },
      where: { command },
      next: {
        es: 'Ejecútalo tú en la terminal y lee el error entero.',
        en: 'Run it yourself in the terminal and read the whole error.',
      },
    }),
  );
}

function noAnswer(machine: Machine, target: string, failure: string): CheckStop {
  const said = outputOf(machine);
  return new CheckStop(
    failed({
      expected: { es: `una respuesta a GET ${target}`, en: `an answer to GET ${target}` },
      found: { es: `ninguna (${failure}). ${said}`, en: `none (${failure}). ${said}` },
      where: { service: `GET ${target}` },
      next: {
        es: `Pide lo mismo con curl y lee lo que escribe el servicio.`,
        en: `Ask for the same with curl and read what the service writes.`,
      },
    }),
  );
}
