// The registry as HTTP, in the manner of generic repositories: PUT and GET of NAME/VERSION/FILE, and lists as JSON.
import type { HttpRequest, HttpResponse, Machine } from '../../machine/index.ts';
import { problem, respond, respondJson, segmentsOf, userOf } from '../http.ts';
import {
  ACCESS_LOG,
  type Artifact,
  type Coordinates,
  findArtifact,
  listArtifacts,
  publish,
  READ_ONLY,
  readArtifact,
} from './artifacts.ts';

export const REGISTRY_HOST = 'registry.ventarela.test';

/** Semantic Versioning 2.0.0, the regular expression that its FAQ suggests, without its groups. */
const semver =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$/;
const word = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/;
const LARGEST = 16 * 2 ** 20;

/** @param clock who asks, and the moment: what was published later is not there yet. */
export function answerRegistry(
  { far, kernel }: Machine,
  request: HttpRequest,
  clock: { readonly user: string; readonly now: number },
): HttpResponse {
  const segments = segmentsOf(request);
  if (segments === undefined || segments.length > 3 || !segments.every((one) => word.test(one) || semver.test(one)))
    return problem(400, 'a path is /NAME/VERSION/FILE');
  const [name, version, file] = segments;
  const { method } = request;
  const isFile = name !== undefined && version !== undefined && file !== undefined;
  if (method === 'PUT' && isFile) {
    const by = userOf(request) ?? clock.user;
    const { now } = clock;
    const at = { name, version, file };
    if (!semver.test(version))
      return problem(400, `${version} is not a version: expected MAJOR.MINOR.PATCH (Semantic Versioning 2.0.0)`);
    if (request.body.length > LARGEST) return problem(413, `an artifact may have ${LARGEST} bytes`);
    if (far.exists(READ_ONLY)) return problem(503, 'read-only for now: nothing is published');
    const done = publish(far, at, request.body, { by, now });
    if (done.outcome === 'refused') {
      kernel.record({ type: 'ArtifactRefused', ...at, by });
      const { digest } = done.existing;
      return problem(
        409,
        `${name} ${version} already has ${file} with sha256:${digest}; a published version never changes`,
      );
    }
    if (done.outcome === 'created')
      kernel.record({ type: 'ArtifactPublished', ...at, digest: done.artifact.digest, by });
    return respondJson(done.outcome === 'created' ? 201 : 200, shown(done.artifact), digestHeaders(done.artifact));
  }
  if (method !== 'GET' && method !== 'HEAD')
    return problem(
      405,
      isFile ? 'a published version is neither changed nor removed' : 'publish with PUT /NAME/VERSION/FILE',
      {
        Allow: isFile ? 'GET, HEAD, PUT' : 'GET, HEAD',
      },
    );
  if (isFile) return fileOf({ name, version, file }, request, { far }, clock.now);
  const all = listArtifacts(far, name, clock.now).filter((one) => version === undefined || one.version === version);
  if (name !== undefined && all.length === 0)
    return problem(404, version === undefined ? `no artifact ${name}` : `no version ${version} of ${name}`);
  return respondJson(200, all.map(shown));
}

function fileOf(at: Coordinates, { method }: HttpRequest, { far }: Pick<Machine, 'far'>, now: number): HttpResponse {
  const artifact = findArtifact(far, at, now);
  if (artifact === undefined) return problem(404, `no ${at.file} in ${at.name} ${at.version}`);
  const whole = respond(200, 'application/octet-stream', readArtifact(far, at), digestHeaders(artifact));
  if (method === 'HEAD') return { ...whole, body: new Uint8Array() };
  if (far.exists(ACCESS_LOG)) far.appendFile(ACCESS_LOG, `${now} ${at.name}/${at.version}/${at.file}\n`);
  return whole;
}

/** `X-Checksum-Sha256` is what generic repositories send; the tag is the digest too, since the content never changes. */
function digestHeaders({ digest }: Artifact): Readonly<Record<string, string>> {
  return { ETag: `"${digest}"`, 'X-Checksum-Sha256': digest };
}

function shown({ publishedAt, digest, ...rest }: Artifact): unknown {
  // biome-ignore lint/style/noRestrictedGlobals: a moment that is given, not the present one
  return { ...rest, digest: `sha256:${digest}`, publishedAt: new Date(publishedAt).toISOString() };
}
