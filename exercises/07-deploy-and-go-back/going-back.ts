// Mornings on which the learner's scripts go back: what all that is judged of rollback.sh looks at.
import { type Desk, onDemand } from '../../sandbox/checks/index.ts';
import { freshly, isNobody, type Played, prepare, type Watched, watch } from './played.ts';

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
export interface WentBack extends TwoDeploys, Omit<Watched, 'played'> {
  readonly back: Played;
  /** What it has downloaded from the registry: `seats/1.0.0/seats-1.0.0.tgz`. */
  readonly fetched: readonly string[];
  /** Where it was days later, and `/tmp` empty: the file of `/tmp` that named the version before. */
  readonly later?: { readonly lost: string | undefined };
  /** What lies in `/opt/seats/releases` afterwards. */
  readonly releases: readonly string[];
  /** Deploys and rollbacks that were written down meanwhile. */
  readonly told: readonly { readonly kind: string; readonly version?: string; readonly result?: string }[];
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

/** @returns the file of `/tmp`, here or on web-1, that named the version before */
async function emptyTmp({ web, before }: TwoDeploys): Promise<string | undefined> {
  const noted = `grep -rlxF '${before}' /tmp 2> /dev/null; rm -rf /tmp/*`;
  const { stdout } = await web.run(`{ ${noted}; ssh web-1 "${noted}"; } | head -1`);
  return stdout.trim() || undefined;
}

const ACCESS_LOG = '/srv/registry/.access.log';

/** What the registry has been asked for since a moment: its log may hold what came before once more. */
async function downloadsSince(web: Desk, moment: number): Promise<readonly string[]> {
  const { stdout } = await web.run(`cat ${ACCESS_LOG}`);
  const lines = stdout.split('\n').map((line) => line.split(' '));
  return lines.flatMap(([at, path]) => (path !== undefined && Number(at) >= moment ? [path] : []));
}

async function goBack(deployed: TwoDeploys, isLater = false): Promise<WentBack> {
  const { web } = deployed;
  const timeline = (await web.production.timeline()).length;
  const lost = isLater ? await emptyTmp(deployed) : undefined;
  await web.run(`touch ${ACCESS_LOG}`);
  const begun = web.now();
  const { played: back, ...watched } = await watch(web, 'ops/rollback.sh');
  const told = (await web.production.timeline())
    .slice(timeline)
    .filter(({ kind }) => kind === 'rollback' || kind === 'deploy');
  const fetched = await downloadsSince(web, begun);
  const releases = await releasesOn(web);
  return { ...deployed, ...watched, back, fetched, releases, told, ...(isLater && { later: { lost } }) };
}

/** What lies in `/opt/seats/releases`. */
async function releasesOn(web: Desk): Promise<readonly string[]> {
  const { stdout } = await web.production.host('web-1').run('ls /opt/seats/releases');
  return stdout.split('\n').filter(Boolean);
}
