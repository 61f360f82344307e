// One running program that answers within the turn in which it is asked: how a simulated world runs the code that is shipped.
import { createKernel } from '../../kernel/index.ts';
import {
  type Command,
  createMachine,
  type HttpHandler,
  type HttpResponse,
  type Language,
  type Machine,
  type Network,
  type NetworkFailure,
  type Pace,
  parentOf,
} from '../../machine/index.ts';

export interface ProgramPlan {
  /** Path below the working directory → bytes: what the artifact holds. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Words after `node`: `app.mjs`. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly seed: string;
  /** The moment at which it starts, ms since 1970. */
  readonly at: number;
}

export interface ProgramSurroundings {
  /** `node` among them. */
  commands(): readonly Command[];
  readonly language: Language;
  pause(): Promise<void>;
}

export interface ProgramRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly body: string;
  /** ms since 1970: what its clock shows. */
  readonly at: number;
}

export interface ProgramAnswer {
  readonly status: number;
  readonly body: string;
  /** Ms: what it computed, and what it waited for its own timers. */
  readonly cost: number;
  /** Its process ended in the middle, or it will never answer. */
  readonly failed?: 'crash' | 'hang';
}

export interface Instance {
  /** False once its process has ended or hangs. */
  readonly isAlive: boolean;
  ask(request: ProgramRequest): ProgramAnswer;
  /** What it wrote, line by line, since it was last asked. */
  takeOutput(): readonly string[];
}

const CWD = '/opt/program';
/** Simulated ms: how long it may take to listen, and to answer. */
const LONGEST_START = 60_000;
const LONGEST_ANSWER = 30_000;
const TURNS = 4;

/** Starts the program and lets it come to listen. @returns what it wrote, when it ends first or never listens. */
export async function startInstance(
  { files, args, env, seed, at }: ProgramPlan,
  { commands, language, pause }: ProgramSurroundings,
): Promise<Instance | { readonly output: readonly string[] }> {
  const made = createKernel({ seed, now: at });
  const kernel = { ...made, record: () => {} };
  const work = { ms: 0 };
  const held = new Set<Promise<unknown>>();
  let heard: HttpResponse | NetworkFailure | undefined;
  const pace: Pace = {
    startUp: 0,
    spend: () => {},
    worked: (_, ms) => {
      work.ms += ms;
    },
    asked: () => {},
    answered: () => 0,
    heard: (answer) => {
      heard = answer;
    },
    hold(one) {
      held.add(one);
      const drop = (): void => void held.delete(one);
      one.then(drop, drop);
      return one;
    },
  };
  const ports = new Map<number, { readonly pid: number; readonly handler: HttpHandler }>();
  const network: Network = {
    listen(port, pid, handler) {
      if (ports.has(port)) return undefined;
      ports.set(port, { pid, handler });
      return () => void ports.delete(port);
    },
    // What it asks of others would come after its own turn: the world answers for those.
    request: async () => 'ECONNREFUSED',
    ports: () => [...ports].map(([port, { pid }]) => ({ port, pid })),
  };
  const machine: Machine = {
    ...createMachine({ kernel, language, hostname: 'instance', user: 'deploy', pace }),
    network,
  };
  for (const [path, bytes] of Object.entries(files)) {
    machine.files.mkdir(parentOf(`${CWD}/${path}`), { recursive: true });
    machine.files.writeFile(`${CWD}/${path}`, bytes);
  }
  let output: string[] = [];
  let rest = '';
  const decoder = new TextDecoder();
  const write = (text: string | Uint8Array): void => {
    const lines = (rest + (typeof text === 'string' ? text : decoder.decode(text))).split('\n');
    rest = lines.pop() ?? '';
    output.push(...lines);
  };
  let isEnded = false;
  const node = commands().find(({ name }) => name === 'node');
  if (node === undefined) throw new Error('there is no node among the commands');
  const io = { cwd: CWD, env, stdin: new Uint8Array(), isTerminal: false, columns: 80, stdout: write, stderr: write };
  void Promise.resolve(node.run(args, { ...io, machine, signal: new AbortController().signal })).then(() => {
    isEnded = true;
  });
  while (ports.size === 0 && !isEnded && kernel.now() - at < LONGEST_START) {
    for (let turns = 0; turns < TURNS; turns++) await pause();
    if (held.size > 0) await Promise.all(held);
    else if (ports.size === 0) kernel.advance(kernel.untilNext() ?? LONGEST_START);
  }
  const [listener] = ports.values();
  if (listener === undefined) return { output };
  const { handler } = listener;
  let isAlive = true;

  return {
    get isAlive() {
      return isAlive;
    },
    takeOutput() {
      const taken = output;
      output = [];
      return taken;
    },
    ask({ method, path, body, at: moment }) {
      kernel.advance(moment - kernel.now());
      heard = undefined;
      work.ms = 0;
      const begun = kernel.now();
      void handler({ method, target: path, headers: { host: 'localhost' }, body: new TextEncoder().encode(body) });
      while (heard === undefined) {
        const next = kernel.untilNext();
        if (next === undefined || kernel.now() + next - begun > LONGEST_ANSWER) break;
        kernel.advance(next);
      }
      const cost = work.ms + kernel.now() - begun;
      const answer = heard as HttpResponse | NetworkFailure | undefined;
      if (answer !== undefined && typeof answer !== 'string')
        return { status: answer.status, body: decoder.decode(answer.body), cost };
      isAlive = false;
      return { status: 0, body: '', cost, failed: answer === 'ECONNRESET' ? 'crash' : 'hang' };
    },
  };
}
