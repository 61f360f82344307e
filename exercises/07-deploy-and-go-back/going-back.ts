// Mornings on which the learner's scripts go back: what all that is judged of rollback.sh looks at.
import { type Desk, onDemand } from '../../sandbox/checks/index.ts';
import { freshly, isNobody, type Played, play, prepare, stoppedFirst } from './played.ts';

/** Both versions that can serve, in an order, with the variable that 1.1.0 needs: what serves at the end, and what served before it. */
export interface TwoDeploys {
  readonly web: Desk;
  /** As they were asked for. */
  readonly versions: readonly [string, string];
  readonly first: Played;
  /** The second of them. */
  readonly deployed: Played;
  readonly before: string;
  readonly serving: string;
}

/** Deploys, and rollback.sh after them. */
export interface WentBack extends TwoDeploys {
  readonly back: Played;
  /** The service that it stopped too early. */
  readonly early: string | undefined;
  /** The one that it killed: systemd's journal tells. */
  readonly killed: string | undefined;
  /** Where it was days later, what had changed meanwhile did to it. */
  readonly later?: Later;
  /** What lies in `/opt/seats/releases`; looked at where it did not lead back. */
  readonly releases?: readonly string[];
  /** Deploys and rollbacks that were written down meanwhile. */
  readonly told: readonly { readonly kind: string; readonly version?: string; readonly result?: string }[];
}

/** What a way back that leans on more than web-1 comes to feel: `/tmp` is emptied, and the registry's file of the version before is spoilt. */
interface Later {
  /** A file of `/tmp` that named the version before. */
  readonly lost?: string;
  /** Whether what the registry gives has come to web-1. */
  readonly isFetched: boolean;
}

/** Whether there was something to go back from. */
export const areDeployed = ({ before, serving }: TwoDeploys): boolean =>
  before !== serving && !isNobody(before) && !isNobody(serving);

export const isBack = (went: WentBack): boolean =>
  areDeployed(went) && went.back.exitCode === 0 && went.back.serving === went.before && went.back.ms < 30_000;

export const isThere = (version: string, { exitCode, serving }: Played): boolean =>
  exitCode === 0 && serving === version;

/**
 * A morning of going back and forth. Each step goes on from the one before where that went well, and has a morning of its own otherwise;
 * none is taken before a check asks for it. Whatever version is written into rollback.sh is wrong in one of them: they lead back to 1.1.0,
 * and in the challenge to 1.0.1.
 */
export const goingBack = (learners: Desk) =>
  learners.once('going back', async (desk) => {
    const first = onDemand(async () => goBack(await twoDeploys(desk, ['1.1.0', '1.0.0'])));
    /** Where it does go back, if it does so anywhere. */
    const well = onDemand(async () => {
      const went = await first();
      return isBack(went) ? went : goBack(await twoDeploys(desk, ['1.0.1', '1.1.0']));
    });
    /** A deploy of a version that was not there yet: it needs a port. */
    const again = onDemand(async () => prepare((await first()).web, 'ops/deploy.sh 1.0.1'));
    /** Back to 1.1.0 once more, days later. */
    const second = onDemand(async () => {
      const went = await well();
      if (went === (await first()) && isThere('1.0.1', await again())) {
        const anew = {
          ...went,
          versions: ['1.1.0', '1.0.1'],
          first: went.back,
          deployed: await again(),
          serving: '1.0.1',
        } as const;
        const twice = await goBack(anew, true);
        if (isBack(twice)) return twice;
      }
      return goBack(await twoDeploys(desk, ['1.1.0', '1.0.1']), true);
    });
    /** To a version of which a file is gone from web-1. Without `back`: nothing was deployed. */
    const refused = onDemand(async (): Promise<TwoDeploys | WentBack> => {
      const deployed = await deployedAnew(desk, await second());
      if (!areDeployed(deployed)) return deployed;
      await deployed.web.run(spoilt(deployed.before));
      return goBack(deployed);
    });
    return { first, well, again, second, refused };
  });

export async function twoDeploys(desk: Desk, versions: readonly [string, string]): Promise<TwoDeploys> {
  const web = await freshly(desk, true);
  const first = await prepare(web, `ops/deploy.sh ${versions[0]}`);
  const deployed = await prepare(web, `ops/deploy.sh ${versions[1]}`);
  return { web, versions, first, deployed, before: first.serving, serving: deployed.serving };
}

/** The second of both deploys once more, where going back from it has gone well: as good as two on a morning of their own. */
async function deployedAnew(desk: Desk, went: WentBack): Promise<TwoDeploys> {
  const { web, versions, serving } = went;
  if (isBack(went)) {
    const deployed = await prepare(web, `ops/deploy.sh ${versions[1]}`);
    if (isThere(serving, deployed)) return { ...went, deployed };
  }
  return twoDeploys(desk, ['1.0.1', '1.1.0']);
}

/** Without the timetable a version does not start any more; its release may lie anywhere. */
const spoilt = (version: string): string =>
  `ssh web-1 "find / -path '*${version}*' -name trips.json 2> /dev/null | xargs rm -f"`;

const SPOILT = 'the registry has spoilt this';

/** @returns the file of `/tmp`, here or on web-1, that named the version before */
async function emptyTmp({ web, before }: TwoDeploys): Promise<string | undefined> {
  const noted = `grep -rlxF '${before}' /tmp 2> /dev/null; rm -rf /tmp/*`;
  const { stdout } = await web.run(`{ ${noted}; ssh web-1 "${noted}"; } | head -1`);
  return stdout.trim() || undefined;
}

/** @returns how to undo it */
async function spoilRegistry({ web, before }: TwoDeploys): Promise<() => Promise<unknown>> {
  const file = `/srv/registry/seats/${before}/seats-${before}.tgz`;
  await web.run(`mkdir /tmp/spoilt && echo 'throw Error("${SPOILT}")' > /tmp/spoilt/app.mjs
mv ${file} /srv/unspoilt.tgz && tar -czf ${file} -C /tmp/spoilt app.mjs && rm -r /tmp/spoilt`);
  return () => web.run(`mv -f /srv/unspoilt.tgz ${file}`);
}

async function goBack(deployed: TwoDeploys, isLater = false): Promise<WentBack> {
  const { web } = deployed;
  const begun = (await web.production.timeline()).length;
  let back = {} as Played;
  const lost = isLater ? await emptyTmp(deployed) : undefined;
  const mend = isLater ? await spoilRegistry(deployed) : undefined;
  const { journal, run } = web.production.host('web-1');
  const steps = (await journal()).length;
  const early = await stoppedFirst(web, async () => {
    back = await play(web, 'ops/rollback.sh');
  });
  const killed = (await journal()).slice(steps).find(({ message }) => message.endsWith('status=9/KILL'))?.unit;
  await mend?.();
  const told = (await web.production.timeline())
    .slice(begun)
    .filter(({ kind }) => kind === 'rollback' || kind === 'deploy');
  const went = { ...deployed, back, early, killed, told };
  if (back.serving === deployed.before) return went;
  const { stdout } = await run('ls /opt/seats/releases');
  const looked = { ...went, releases: stdout.split('\n').filter(Boolean) };
  if (!isLater) return looked;
  const { stdout: found } = await run(`find / -name app.mjs 2> /dev/null | xargs grep -l '${SPOILT}'`);
  return { ...looked, later: { ...(lost !== undefined && { lost }), isFetched: found !== '' } };
}
