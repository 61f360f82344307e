// For authors, while `npm run dev` serves: what the matrix and the content tests say of a day. No page that is built has any of it.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AstroIntegration } from 'astro';
import type { DayState, Fault, MatrixRow } from './contract.ts';

const exec = promisify(execFile);

export function authoring(): AstroIntegration {
  return {
    name: 'noventa-authoring',
    hooks: {
      'astro:server:setup'({ server }) {
        server.middlewares.use('/@noventa/day/', (request, response) => {
          const name = /^\/?(\d\d-[a-z0-9-]+)$/.exec(request.url ?? '')?.[1];
          if (name === undefined) {
            response.statusCode = 404;
            response.end();
            return;
          }
          void stateOf(name).then((state) => {
            response.setHeader('content-type', 'application/json');
            response.end(JSON.stringify(state));
          });
        });
      },
    },
  };
}

async function stateOf(name: string): Promise<DayState> {
  const [matrix, faults] = await Promise.all([rowsOf(name), faultsOf(name)]);
  return { ...matrix, faults };
}

async function rowsOf(name: string): Promise<Pick<DayState, 'rows' | 'broken'>> {
  const output = await outputOf('sandbox/hosts/node/noventa.mjs', ['verify', name, '--json']);
  try {
    return { rows: JSON.parse(output.stdout) as readonly MatrixRow[] };
  } catch {
    return { rows: [], broken: output.stderr || output.stdout };
  }
}

/** As far as it reads a report of Vitest. */
interface Report {
  readonly testResults: readonly {
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly title: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

async function faultsOf(name: string): Promise<readonly Fault[]> {
  const files = ['lessons', 'exercises', 'transcripts'].map((file) => `tests/content/${file}.test.ts`);
  const folder = mkdtempSync(join(tmpdir(), 'noventa-authoring-'));
  const file = join(folder, 'report.json');
  const args = ['run', ...files, '-t', name, '--reporter=json', `--outputFile.json=${file}`];
  const output = await outputOf('node_modules/vitest/vitest.mjs', args);
  const report = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  rmSync(folder, { recursive: true });
  if (report === undefined) return [{ test: 'tests/content', says: [output.stderr.slice(-500)] }];
  const { testResults } = JSON.parse(report) as Report;
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ title, failureMessages }) => ({ test: title, says: placesIn(failureMessages.join('\n')) })),
  );
}

/** The places that a message names, `content/es/days/….mdx:12: what`; without any, its first line. */
function placesIn(message: string): readonly string[] {
  const places = message.match(/content\/\S+\.mdx:\d+: [^\n]*?(?=",?\n|$)/gm) ?? [];
  return places.length > 0
    ? [...new Set(places.map((place) => place.replace(/: expected \[.*$/, '')))]
    : [message.split('\n')[0] ?? ''];
}

/** A program that ends with another code than 0 has said why on its outputs. */
async function outputOf(
  program: string,
  args: readonly string[],
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  try {
    return await exec(process.execPath, [program, ...args], {
      maxBuffer: 32 * 1024 * 1024,
      env: { ...process.env, NODE_ENV: 'test' },
    });
  } catch (error) {
    const { stdout = '', stderr = String(error) } = error as { stdout?: string; stderr?: string };
    return { stdout, stderr };
  }
}
