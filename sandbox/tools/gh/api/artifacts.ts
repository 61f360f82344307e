// `…/actions/artifacts` and `…/actions/runs/N/artifacts`: what runs have left, with the digest of each.
import { artifactsOf, digestOf, type RunView, zipOf } from '../../../pipeline/index.ts';
import { iso } from '../json.ts';
import type { Place } from '../place.ts';
import { branchOf, runsNow } from '../run/find.ts';
import { type ApiRequest, type Json, notFound, notHere } from './request.ts';

/** Kept so long where nothing else is said ("Removing workflow artifacts"). */
const KEPT_MS = 90 * 86_400_000;
/** An artifact's id holds its run's: more than so many no run has. */
const MOST = 1000;

interface Found {
  readonly id: number;
  readonly run: RunView;
  readonly name: string;
  readonly uploadedAt: number;
}

function all(place: Place, run?: number): readonly Found[] {
  return runsNow(place)
    .filter(({ number }) => run === undefined || number === run)
    .flatMap((one) =>
      one.artifacts.map(({ name, uploadedAt }, index) => ({
        id: one.number * MOST + index + 1,
        run: one,
        name,
        uploadedAt,
      })),
    );
}

/** All of the repository, those of a run, or one; `zip` gives its bytes. */
export function artifacts(
  request: ApiRequest,
  asked: { readonly run?: number | undefined; readonly id?: number | undefined; readonly part?: string | undefined },
): Json | Uint8Array {
  const { place, method, query } = request;
  if (method !== 'GET' || (asked.part !== undefined && asked.part !== 'zip')) throw notHere(request);
  const found = all(place, asked.run);
  if (asked.id === undefined) {
    const named = found.filter(({ name }) => query.name === undefined || name === query.name);
    return { total_count: named.length, artifacts: named.map((one) => asJson(place, one)) };
  }
  const one = found.find(({ id }) => id === asked.id);
  if (one === undefined) throw notFound();
  return asked.part === 'zip' ? zipFor(place, one) : asJson(place, one);
}

function asJson(place: Place, one: Found): Json {
  const { id, name, run, uploadedAt } = one;
  const zip = zipFor(place, one);
  const address = `https://git.ventarela.test/api/v3/repos/${place.fullName}/actions/artifacts/${id}`;
  return {
    id,
    name,
    size_in_bytes: zip.length,
    url: address,
    archive_download_url: `${address}/zip`,
    expired: false,
    created_at: iso(uploadedAt),
    updated_at: iso(uploadedAt),
    expires_at: iso(uploadedAt + KEPT_MS),
    digest: `sha256:${digestOf(zip)}`,
    workflow_run: { id: run.number, head_branch: branchOf(run), head_sha: run.checked },
  };
}

function zipFor({ io, repository }: Place, { run, name }: Found): Uint8Array {
  const { far: files } = io.machine;
  const root = `${artifactsOf(repository, run.number)}/${name}`;
  const inside: Record<string, Uint8Array> = {};
  const walk = (below: string): void => {
    for (const one of files.list(`${root}${below}`)) {
      const path = `${below}/${one}`;
      if (files.stat(`${root}${path}`).type === 'directory') walk(path);
      else inside[path.slice(1)] = files.readFile(`${root}${path}`);
    }
  };
  walk('');
  return zipOf(inside);
}
