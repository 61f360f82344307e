// A morning of deploys: a version that works, one that nobody has published, and one that does not start.
import type { Desk } from '../../sandbox/checks/index.ts';
import { AFTERWARDS, freshly, type Played, play, prepare, servingOn, type Watched, watch } from './played.ts';

/** 1.0.1, which works. */
interface GoodDeploy extends Pick<Watched, 'early' | 'stops'> {
  readonly web: Desk;
  /** Entries of the timeline before it. */
  readonly begun: number;
  readonly good: Played;
  /** Ports on which 1.0.0 still ran after it, a line each. */
  readonly old: string;
}

/** After it a version that nobody has published, and one that does not start. */
export interface GoodThenBad extends Omit<GoodDeploy, 'begun'> {
  readonly unknown: Played;
  readonly bad: Played;
  /** 1.1.0, which lacks CURRENCY; 1.0.3 for a deploy.sh that gives it its currency. */
  readonly version: string;
  /** What served before it. */
  readonly before: string;
  /** What was written down of both. */
  readonly told: readonly { readonly service: string; readonly version?: string; readonly result?: string }[];
  /** The service that systemd goes on starting after the bad one. */
  readonly restarted: string | undefined;
  /** What the public port gives once nginx has read its files again. */
  readonly reloaded: string;
  /** And once what runs has been started anew. */
  readonly startedAnew: string;
}

/** 1.0.3, which no smoke test lets through. */
export const publishStillborn = `mkdir /tmp/stillborn && echo 'process.exit(1)' > /tmp/stillborn/app.mjs
tar -czf /tmp/stillborn.tgz -C /tmp/stillborn app.mjs
curl -fsS -T /tmp/stillborn.tgz http://registry.ventarela.test/seats/1.0.3/seats-1.0.3.tgz`;

export const goodDeploy = (desk: Desk): Promise<GoodDeploy> =>
  desk.once('a good deploy', async (copy) => {
    const web = await freshly(copy);
    const begun = (await web.production.timeline()).length;
    const { played: good, early, stops } = await watch(web, 'ops/deploy.sh 1.0.1');
    const { stdout: old } = await web.run(
      `for port in 8081 8082; do ssh web-1 "curl -s -m 5 localhost:$port/version | grep -q '1\\.0\\.0' && echo $port"; done`,
    );
    return { web, begun, good, stops, early, old: old.trim() };
  });

export const goodThenBad = (desk: Desk): Promise<GoodThenBad> =>
  desk.once('a bad deploy after a good one', async (copy) => {
    const { web, begun, ...first } = await goodDeploy(copy);
    const unknown = await prepare(web, 'ops/deploy.sh 9.9.9');
    const wanting = await play(web, 'ops/deploy.sh 1.1.0');
    const isGiven = wanting.exitCode === 0 && wanting.serving === '1.1.0';
    if (isGiven) await web.run(publishStillborn);
    const bad = isGiven ? await play(web, 'ops/deploy.sh 1.0.3') : wanting;
    const [version, before] = isGiven ? ['1.0.3', '1.1.0'] : ['1.1.0', unknown.serving];
    const restarted = await startedForEver(web);
    const told = (await web.production.timeline()).slice(begun).filter(({ kind }) => kind === 'deploy');
    await web.production.host('web-1').run('systemctl reload nginx');
    const reloaded = await servingOn(web);
    await web.run('ssh web-1 "systemctl try-restart seats@8081 seats@8082"; sleep 2');
    return {
      ...first,
      web,
      unknown,
      bad,
      version,
      before,
      told,
      restarted,
      reloaded,
      startedAnew: await servingOn(web),
    };
  });

/** Whether the bad deploy has left no trace: web-1 is then as after the good one alone. */
export const leftNothing = ({ good, bad, restarted, reloaded, startedAnew }: GoodThenBad): boolean =>
  [good.serving, bad.serving, reloaded, startedAnew].every((one) => one === '1.0.1') &&
  bad.exitCode !== 0 &&
  restarted === undefined;

/** What systemd has gone on starting since a script that failed ended: every two seconds, for ever. */
export async function startedForEver(web: Desk): Promise<string | undefined> {
  const ended = web.now() - AFTERWARDS;
  for (const service of ['seats@8081', 'seats@8082']) {
    const journal = await web.production.host('web-1').journal(service);
    if (journal.some(({ at, message }) => at > ended && message.includes('Scheduled restart job'))) return service;
  }
  return undefined;
}
