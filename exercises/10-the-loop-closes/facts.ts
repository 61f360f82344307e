// What happened, in the terms in which the checks of this day ask: the fault as the logs tell it, the alert, the change that fixed it.
import type { Desk, LoggedEvent, PullRequest, Words } from '../../sandbox/checks/index.ts';

/** The version that a colleague deployed in the morning. */
export const BAD = '2.2.0';
export const MINUTE = 60_000;

export const both = (es: string, en: string): Words => ({ es, en });
export const same = (text: string): Words => ({ es: text, en: text });
/** With one decimal at most, as each language writes it and `loop report` repeats it: `9.8`. */
export const figure = (value: number): Words => {
  const text = String(Math.round(value * 10) / 10);
  return both(text.replace('.', ','), text);
};

/** `14.3 %` */
export const percent = (share: number): Words => {
  const { es, en } = figure(share * 100);
  return both(`${es} %`, `${en} %`);
};

/** `09:29` */
export const clock = (at: number): string => {
  const minutes = Math.floor(at / MINUTE) % 1440;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

/** `09:42:05` */
export const clockWithSeconds = (at: number): string =>
  `${clock(at)}:${String(Math.floor(at / 1000) % 60).padStart(2, '0')}`;

/** A request that failed, as the logs of the bad version have it. */
export interface Failure {
  readonly method: string;
  readonly path: string;
  readonly error: string;
}

/** What fails in the bad version; the first line of the log that says so. */
export function failureOf(desk: Desk): Failure {
  for (const line of linesOf(desk, '/srv/loki/production.jsonl')) {
    const told = parse(String(line.line));
    if (told?.level !== 'error' || told.version !== BAD) continue;
    const { method, path, error } = told;
    return { method: String(method), path: String(path), error: String(error) };
  }
  throw new Error('production logged no failure of the bad version');
}

/** When a version last answered buyers, by the log, ms since 1970; undefined when it never did. */
export function lastAnswerOf(desk: Desk, version: string): number | undefined {
  let [inARow, last]: [number, number | undefined] = [0, undefined];
  for (const told of answersIn(desk)) {
    inARow = told.version === version ? inARow + 1 : 0;
    if (inARow >= SERVED) last = told.at;
  }
  return last;
}

/** Answers that seats has logged, in their order. A line without a path tells of a start. */
function answersIn(desk: Desk): readonly { readonly at: number; readonly version: string }[] {
  return linesOf(desk, '/srv/loki/production.jsonl').flatMap(({ line }) => {
    const { time, version, path } = parse(String(line)) ?? {};
    return typeof version === 'string' && typeof path === 'string' ? [{ at: Date.parse(String(time)), version }] : [];
  });
}

/** The first line that is none of JSON of those which seats has logged since a moment, ms since 1970. */
export function plainLine(desk: Desk, since: number): string | undefined {
  const plain = linesOf(desk, '/srv/loki/production.jsonl').find(
    ({ at, labels, line }) =>
      Number(at) >= since && (labels as { app?: string }).app === 'seats' && parse(String(line)) === undefined,
  );
  return plain && String(plain.line);
}

/** Messages to #operations about an alert: ms since 1970. */
export interface Told {
  readonly at: number;
  readonly alert: string;
  readonly isFiring: boolean;
}

export function alertsTold(desk: Desk): readonly Told[] {
  return linesOf(desk, '/srv/messages.jsonl')
    .flatMap(({ at, title }): Told[] => {
      const [, state, alert = ''] = /^\[(FIRING|RESOLVED)[^\]]*\] (\S+)/.exec(String(title)) ?? [];
      return state === undefined ? [] : [{ at: Number(at), alert, isFiring: state === 'FIRING' }];
    })
    .sort((a, b) => a.at - b.at);
}

/** The alert with which the day begins. */
export function firstAlert(desk: Desk): Told {
  const [first] = alertsTold(desk).filter(({ isFiring }) => isFiring);
  if (first === undefined) throw new Error('no alert was told');
  return first;
}

/** When #operations first had no open alert after the first one; undefined while one is open. */
export function firstCalm(desk: Desk): number | undefined {
  const open = new Set<string>();
  for (const { at, alert, isFiring } of alertsTold(desk)) {
    if (isFiring) open.add(alert);
    else open.delete(alert);
    if (open.size === 0) return at;
  }
  return undefined;
}

/** Share of the buyers' requests that failed or had no answer; 0 where nobody asked. */
export async function harm(desk: Desk, since: number, until: number): Promise<number> {
  const { arrived, failed, dropped } = await desk.production.requests(since, until);
  return arrived === 0 ? 0 : (failed + dropped) / arrived;
}

/** The end of the last minute after the alert in which more than 2 % failed. */
export async function harmedUntil(desk: Desk): Promise<number> {
  const from = firstAlert(desk).at;
  const now = desk.now();
  let last = from;
  for (let at = from; at < now; at += MINUTE) if ((await harm(desk, at, at + MINUTE)) > 0.02) last = at + MINUTE;
  return last;
}

type Deploy = Extract<LoggedEvent, { type: 'DeployRecorded' }>;

/** A change of the learner's that reached main, and the first deploy of a newer version after that. */
export interface Change {
  readonly pull: PullRequest;
  readonly deploy: Deploy | undefined;
}

/** So many requests in a row are buyers': one that is only started beside the bad one, or asked by hand, has fewer between theirs. */
const SERVED = 10;

/** The version before, by the logs: whether it served buyers since the alert, before a version after the bad one did. */
export function wentBack(desk: Desk): boolean {
  const since = firstAlert(desk).at;
  let inARow = 0;
  for (const { at, version } of answersIn(desk)) {
    if (at < since) continue;
    if (isNewer(version, BAD)) return false;
    inARow = isNewer(BAD, version) ? inARow + 1 : 0;
    if (inARow === SERVED) return true;
  }
  return false;
}

/** The learner's pull requests since the alert, merged or not, oldest first. */
export function ownPulls(desk: Desk): readonly PullRequest[] {
  const since = firstAlert(desk).at;
  return desk
    .forge('seats')
    .pulls()
    .filter(({ author, createdAt }) => author === 'dev' && createdAt > since);
}

/** Whether a change of the learner's is on main. */
export const isMerged = (desk: Desk): boolean => ownPulls(desk).some(({ state }) => state === 'MERGED');

/** In the order of merging. One that did not fix it may have come first, one about something else last. */
export function changesOf(desk: Desk): readonly Change[] {
  const deploys = desk.log
    .filter((entry) => entry.type === 'DeployRecorded')
    .filter(
      ({ service, action, result, version }) =>
        service === 'seats' && action === 'deploy' && result === 'succeeded' && isNewer(version, BAD),
    );
  return ownPulls(desk)
    .filter(({ state }) => state === 'MERGED')
    .sort((a, b) => (a.mergedAt ?? 0) - (b.mergedAt ?? 0))
    .map((pull) => ({ pull, deploy: deploys.find(({ at }) => at >= (pull.mergedAt ?? 0)) }));
}

/** Whether main ends where the bad version was released. */
export async function isMainUntouched(desk: Desk): Promise<boolean> {
  const origin = await desk.git.origin('seats');
  const [main, released] = await Promise.all(
    ['refs/heads/main', `refs/tags/v${BAD}`].map(async (ref) => (await origin?.commits(ref))?.[0]?.id),
  );
  return main === released;
}

/** What comes next for what main holds to reach the buyers. */
export async function toBuyers(desk: Desk): Promise<Words> {
  const { stdout } = await desk.run(
    "rm -rf /tmp/told && git clone -q https://git.ventarela.test/seats.git /tmp/told && git -C /tmp/told tag --points-at origin/main --list 'v*' --sort=v:refname",
  );
  const tag = stdout.trim().split('\n').at(-1) ?? '';
  const version = tag.slice(1);
  if (version === BAD)
    return both(
      'Lleva el arreglo a main; después publícalo con `release.sh` y despliégalo.',
      'Take the fix to main; then release it with `release.sh` and deploy it.',
    );
  if (tag !== '' && !desk.registry.artifacts('seats').some((one) => one.version === version))
    return both(
      `La etiqueta ${tag} está en main sin artefacto, y \`release.sh\` cree que ya se publicó. En \`seats\`: \`git push origin :${tag}\` y \`git tag -d ${tag}\`. Después, publica.`,
      `The tag ${tag} is on main without an artifact, so \`release.sh\` takes it for released. In \`seats\`: \`git push origin :${tag}\` and \`git tag -d ${tag}\`. Then release.`,
    );
  const tried = desk.log.findLast((entry) => entry.type === 'DeployRecorded' && entry.version === version);
  if (tried?.type === 'DeployRecorded' && tried.result === 'failed')
    return both(
      `${version} no arranca: \`ops/deploy.sh ${version}\` dice por qué. Arréglalo en otro pull request (\`fix: …\`) y publica de nuevo.`,
      `${version} does not start: \`ops/deploy.sh ${version}\` says why. Fix that in another pull request (\`fix: …\`) and release again.`,
    );
  if (tag !== '')
    return both(
      `${version} ya está publicada: despliégala con \`ops/deploy.sh ${version}\`.`,
      `${version} is released already: deploy it with \`ops/deploy.sh ${version}\`.`,
    );
  const { stderr } = await desk.run(
    `git -C /tmp/told log --format=%B v${BAD}..origin/main | bash ~/next-version.sh ${BAD}`,
  );
  if (stderr.includes('nothing to release'))
    return both(
      `\`release.sh\` no publicará nada: ningún mensaje de main desde ${BAD} empieza por \`fix:\`. Lleva otro cambio a main, con \`fix: …\` en su commit y en el título de su pull request, y publica entonces.`,
      `\`release.sh\` will release nothing: no message on main since ${BAD} begins with \`fix:\`. Take another change to main, with \`fix: …\` in its commit and as the title of its pull request, and release then.`,
    );
  return both(
    'Publica lo que hay en main (`bash release.sh origin/main`) y despliégalo (`ops/deploy.sh VERSIÓN`).',
    'Release what main holds (`bash release.sh origin/main`) and deploy it (`ops/deploy.sh VERSION`).',
  );
}

export function isNewer(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number)) as [number[], number[]];
  if (a.length !== 3 || a.some(Number.isNaN)) return false;
  const index = a.findIndex((part, at) => part !== b[at]);
  return index >= 0 && (a[index] as number) > (b[index] as number);
}

/** Commits of a pull request, oldest first, and the files that it changes, as `gh pr view` tells them. */
export interface Contents {
  readonly commits: readonly { readonly oid: string; readonly committedDate: string; readonly text: string }[];
  readonly files: readonly string[];
}

export async function contentsOf(desk: Desk, { number }: PullRequest): Promise<Contents> {
  const shape =
    '{ commits: [.commits[] | { oid, committedDate, text: (.messageHeadline + "\\n" + .messageBody) }], files: [.files[].path] }';
  const { stdout } = await desk.run(`gh pr view ${number} -R ventarela/seats --json commits,files --jq '${shape}'`);
  return JSON.parse(stdout) as Contents;
}

/** Digests of the files that CI kept from its runs of a commit. */
export async function keptBy(desk: Desk, commit: string): Promise<readonly string[]> {
  const runs = new Set(
    desk
      .forge('seats')
      .checks(commit)
      .map(({ run }) => run),
  );
  const folders = [...runs].map((run) => `/srv/forge/seats/runs/${run}/artifacts`).join(' ');
  const { stdout } = await desk.run(`find ${folders} -type f 2>/dev/null | xargs -r sha256sum`);
  return stdout.split('\n').map((line) => line.slice(0, 64));
}

/** The moment of the first commit of a pull request, ms since 1970. */
export async function begunAt(desk: Desk, pull: PullRequest): Promise<number> {
  const [first] = (await contentsOf(desk, pull)).commits;
  const { stdout } = await desk.run(`date -d '${first?.committedDate ?? ''}' +%s`);
  return Number(stdout) * 1000;
}

function linesOf(desk: Desk, path: string): readonly Record<string, unknown>[] {
  return desk
    .text(path)
    .split('\n')
    .flatMap((line) => {
      const value = parse(line);
      return value === undefined ? [] : [value];
    });
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
