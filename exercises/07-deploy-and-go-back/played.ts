// A morning on web-1 played through with the learner's scripts: seats 1.0.0 on port 8081, while buyers call.
import { CheckStop, type Desk, failed, type Verdict, type Words } from '../../sandbox/checks/index.ts';

export const goal = (es: string, en: string): Words => ({ es, en });

/**
 * Of 100 requests during a deploy and the five seconds after it, how many may fail. On 8 seeds of the luck test the solution and the
 * alternatives stay below; a restart in place, the mildest of the wrong ways, loses 9.7 to 18.6 %, the script of the start 33.9 to 44.0 %.
 */
export const MOST_LOST = 1;

export interface Played {
  readonly exitCode: number;
  /** The last line that the script wrote to a person: an error before all else, no advice of curl's; of what operations answer, why they refuse. */
  readonly said: string;
  /** What answers at the public port afterwards. */
  readonly serving: string;
  /** Of 100 requests meanwhile. */
  readonly lost: number;
  readonly failedRequests: number;
  readonly ms: number;
}

/** A desk with the learner's scripts and a new web-1, on which buyers have begun to call. */
export async function freshly(desk: Desk, withCurrency = false): Promise<Desk> {
  const other = await desk.onSeed(`morning-${desk.integer(1, 999_999)}`);
  await other.run(withCurrency ? 'sleep 1; ssh web-1 "echo CURRENCY=units > /etc/seats.env"' : 'sleep 1');
  return other;
}

/** Ms that are looked at after a script has ended. */
export const AFTERWARDS = 5000;
/** Ms after one of which only what serves is asked: enough for a service that has just been started. */
const MOMENT = 2000;

/** Simulated s that a script may take: production lives through each of them. The solution needs 7.9 s for a version that does not start. */
const LONGEST = 120;

/**
 * Runs a script of the learner's, and watches a little longer.
 * @throws CheckStop when it waits for ever.
 */
export async function play(desk: Desk, script: string, afterwards = AFTERWARDS): Promise<Played> {
  const { exitCode, stdout, stderr, requests, ms } = await desk.production.during(
    `timeout ${LONGEST} ${commandOf(desk, script)} < /dev/null; code=$?; sleep ${afterwards / 1000}; exit $code`,
  );
  if (ms - afterwards >= LONGEST * 1000) throw endless(script);
  const failedRequests = requests.failed + requests.dropped;
  return {
    exitCode,
    said: lastOf(stdout, stderr).slice(0, 80),
    serving: await servingOn(desk),
    lost: (100 * failedRequests) / Math.max(1, requests.arrived),
    failedRequests,
    ms: ms - afterwards,
  };
}

/** Ports of web-1 to which nginx's files pass requests on. */
async function passedTo(web: Desk): Promise<readonly string[]> {
  const files = '/etc/nginx/conf.d/* /etc/nginx/sites-enabled/*';
  const found = await web.production.host('web-1').run(`grep -ohE '(127.0.0.1|localhost):[0-9]+' ${files} 2>/dev/null`);
  return [...new Set(found.stdout.match(/\d+$/gm))];
}

/** What web-1's journal tells of a script: whether a buyer comes in that moment is chance, and that nobody would be served is not. */
export interface Watched {
  readonly played: Played;
  /** The service that was stopped while nginx still passed on to it alone. A reload that leaves no line (`nginx -s reload`) is not seen. */
  readonly early: string | undefined;
  /** The one that was killed. */
  readonly killed: string | undefined;
  /** How often nginx was stopped. */
  readonly stops: number;
}

/** @throws CheckStop as `play` does */
export async function watch(web: Desk, script: string): Promise<Watched> {
  const host = web.production.host('web-1');
  const [only, ...others] = await passedTo(web);
  const begun = (await host.journal()).length;
  const played = await play(web, script);
  const steps = (await host.journal()).slice(begun);
  const at = (service: string, word: string): number =>
    steps.findIndex(({ unit, message }) => unit === `${service}.service` && message.startsWith(word));
  const stop = at(`seats@${only}`, 'Stopping ');
  return {
    played,
    early: others.length === 0 && stop >= 0 && stop < at('nginx', 'Reloaded ') ? `seats@${only}` : undefined,
    killed: steps.find(({ message }) => message.endsWith('status=9/KILL'))?.unit,
    stops: steps.filter(({ unit, message }) => unit === 'nginx.service' && message.startsWith('Stopped ')).length,
  };
}

/** What whoever stops the old one first is told: a gap, however short. */
export const gap = (service: string, file: string): Verdict =>
  failed({
    expected: goal(
      'la vieja en marcha hasta que nginx reenvía a la nueva',
      'the old one running until nginx passes requests on to the new one',
    ),
    found: goal(
      `\`${service}\` se paró antes de que nginx releyera su configuración: en ese hueco no atiende nadie`,
      `\`${service}\` was stopped before nginx read its configuration again: in that gap nobody serves`,
    ),
    where: { file },
    next: goal(
      'Primero el puntero, con `systemctl reload nginx`; después, `systemctl stop` de la vieja.',
      'First the pointer, with `systemctl reload nginx`; then `systemctl stop` for the old one.',
    ),
  });

/** What whoever restarts nginx is told. */
export const closed = (stops: number, script: string): Verdict =>
  failed({
    expected: goal(`nginx en marcha durante todo \`${script}\``, `nginx running through the whole of \`${script}\``),
    found: goal(
      `se paró ${stops === 1 ? 'una vez' : `${stops} veces`}: entretanto nadie escucha en el puerto 80`,
      `it was stopped ${stops === 1 ? 'once' : `${stops} times`}: meanwhile nobody listens on port 80`,
    ),
    where: { command: 'ssh web-1 "journalctl -u nginx"' },
    next: goal(
      '`systemctl restart` para y arranca. `systemctl reload nginx` lee la configuración sin cerrar el puerto.',
      '`systemctl restart` stops and starts. `systemctl reload nginx` reads the configuration and keeps the port open.',
    ),
  });

/** What whoever records a result is told, where it turned out to be another. */
export const tooEarly = goal(
  'Queda anotado un resultado que no fue. Anótalo una vez, después de la prueba de humo: antes nadie lo sabe.',
  'A result is on record that did not come. Record it once, after the smoke test: nobody knows it before.',
);

/** Runs one that leads to what is judged: how many requests fail is not asked of it. */
export const prepare = (desk: Desk, script: string): Promise<Played> => play(desk, script, MOMENT);

/** How a script of the learner's is run: by bash, unless its first line names another program. */
function commandOf(desk: Desk, script: string): string {
  const [file = script] = script.split(' ');
  const first = desk.exists(file) ? (desk.text(file).split('\n')[0] ?? '') : '';
  return /^#!(?!.*\b(ba)?sh\b)/.test(first) ? script : `bash ${script}`;
}

const linesOf = (text: string): readonly string[] =>
  text.split('\n').filter((line) => line.trim() !== '' && !/^(\{|curl: try )/.test(line));

function lastOf(stdout: string, stderr: string): string {
  const last = linesOf(stderr).at(-1) ?? linesOf(stdout).at(-1) ?? '';
  // That much curl says of any answer with an error.
  const why = last.startsWith('curl: (22)') ? /^\{.*"detail":"([^"]*)"/m.exec(stdout)?.[1] : undefined;
  return why ?? last;
}

function endless(script: string): CheckStop {
  return new CheckStop(
    failed({
      expected: goal(`que \`${script}\` termine`, `\`${script}\` to end`),
      found: goal(`no terminó en ${LONGEST} s simulados`, `it did not end in ${LONGEST} simulated s`),
      where: { file: script.split(' ')[0] ?? script },
      next: goal(
        'Espera unas pocas veces, no para siempre: `for try in 1 2 3 4 5; do …`. Lo que aún no contesta ha fallado.',
        'Wait a few times, not for ever: `for try in 1 2 3 4 5; do …`. What does not answer by then has failed.',
      ),
    }),
  );
}

/** The version that the public port gives, or what it gives instead. */
export async function servingOn(desk: Desk): Promise<string> {
  const { stdout } = await desk.run("curl -s -m 5 -w ' %{http_code}' http://web-1/version");
  return /"version":\s*"([^"]+)"/.exec(stdout)?.[1] ?? `HTTP ${stdout.trim().slice(-3)}`;
}

/** Whether there is no version that serves. */
export const isNobody = (serving: string): boolean => serving.startsWith('HTTP');

/** A sentence about what serves: where nobody answers, it names no version. */
function unlessNobody(serving: string, es: string, en: string): Words {
  return /^HTTP (000|502|504)$/.test(serving)
    ? goal(`no contesta nadie (${serving})`, `nobody answers (${serving})`)
    : goal(es, en);
}
export const gives = (serving: string): Words => unlessNobody(serving, `web-1 da ${serving}`, `web-1 gives ${serving}`);
export const serves = (serving: string): Words => unlessNobody(serving, `atiende ${serving}`, `${serving} serves`);

export const percent = (share: number): string => `${share.toFixed(1)} %`;
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
/** A figure as Spanish writes it. */
export const comma = (figure: string): string => figure.replace('.', ',');
