// How actions are named, and what those that this sandbox has built in take and give (their own `action.yml`).
import type { Report } from './report.ts';
import { at, entriesOf, entry, itemsOf, type Tree, textOf } from './tree.ts';

interface KnownAction {
  readonly inputs: readonly string[];
  readonly required: readonly string[];
  readonly outputs: readonly string[];
  /** Versions before this one are switched off, or run on a Node that is. */
  readonly oldest: number;
}

const action = (oldest: number, inputs: string, outputs: string, required = ''): KnownAction => {
  const words = (text: string): readonly string[] => text.split(/\s+/).filter((one) => one !== '');
  return { oldest, inputs: words(inputs), outputs: words(outputs), required: words(required) };
};

export const knownActions: Readonly<Record<string, KnownAction>> = {
  'actions/checkout': action(
    4,
    `repository ref token ssh-key ssh-known-hosts ssh-strict ssh-user persist-credentials path clean filter sparse-checkout
    sparse-checkout-cone-mode fetch-depth fetch-tags show-progress lfs submodules set-safe-directory github-server-url`,
    'ref commit',
  ),
  'actions/setup-node': action(
    4,
    `always-auth node-version node-version-file architecture check-latest registry-url scope token cache package-manager-cache
    cache-dependency-path mirror mirror-token`,
    'cache-hit node-version',
  ),
  'actions/cache': action(
    4,
    'path key restore-keys upload-chunk-size enableCrossOsArchive fail-on-cache-miss lookup-only save-always',
    'cache-hit',
    'path key',
  ),
  'actions/cache/restore': action(
    4,
    'path key restore-keys enableCrossOsArchive fail-on-cache-miss lookup-only',
    'cache-hit cache-primary-key cache-matched-key',
    'path key',
  ),
  'actions/cache/save': action(4, 'path key upload-chunk-size enableCrossOsArchive', '', 'path key'),
  'actions/upload-artifact': action(
    4,
    'name path if-no-files-found retention-days compression-level overwrite include-hidden-files archive',
    'artifact-id artifact-url artifact-digest',
    'path',
  ),
  'actions/download-artifact': action(
    4,
    `name artifact-ids path pattern merge-multiple github-token repository run-id digest-mismatch skip-decompress`,
    'download-path',
  ),
  'actions/github-script': action(
    7,
    `script github-token debug user-agent previews result-encoding retries retry-exempt-status-codes base-url`,
    'result',
    'script',
  ),
};

export function lintActions(jobs: Tree | undefined, report: Report): void {
  for (const job of entriesOf(jobs))
    for (const step of itemsOf(at(job.value, 'steps'))) {
      const uses = at(step, 'uses');
      const name = textOf(uses);
      if (uses === undefined || name === undefined || name.includes('${{') || name.startsWith('./')) continue;
      if (name.startsWith('docker://')) {
        if (name.endsWith(':'))
          report(uses, 'action', { es: 'Falta la etiqueta de la imagen.', en: 'The tag of the image is missing.' });
        continue;
      }
      if (!/^[\w.-]+\/[\w.-]+(\/[^@\s]+)*@\S+$/.test(name)) {
        report(uses, 'action', {
          es: `«${name}» no nombra una acción: dueño/repositorio@versión, o ./carpeta si es de este repositorio.`,
          en: `"${name}" does not name an action: owner/repository@version, or ./folder if it is of this repository.`,
        });
        continue;
      }
      lintUse(step, uses, name, report);
    }
}

function lintUse(step: Tree, uses: Tree, name: string, report: Report): void {
  const [path = '', version = ''] = name.split('@');
  const known = knownActions[path.toLowerCase()];
  if (known === undefined) return;
  const [, major] = /^v(\d+)(?:\.|$)/.exec(version) ?? [];
  if (major !== undefined && Number(major) < known.oldest)
    report(uses, 'action', {
      es: `${name} es demasiado vieja para funcionar: usa al menos @v${known.oldest}.`,
      en: `${name} is too old to work: use at least @v${known.oldest}.`,
    });
  const given = entriesOf(at(step, 'with'));
  const names = known.inputs.map((one) => one.toLowerCase());
  for (const input of given)
    if (!names.includes(input.key.toLowerCase()) && !input.key.includes('${{'))
      report(input, 'action', {
        es: `${path} no tiene la entrada ${input.key}. Tiene: ${known.inputs.join(', ')}.`,
        en: `${path} has no input ${input.key}. It has: ${known.inputs.join(', ')}.`,
      });
  const lacking = known.required.filter((one) => !given.some(({ key }) => key.toLowerCase() === one));
  if (lacking.length > 0 && !entry(step, 'with')?.key.includes('${{'))
    report(uses, 'action', {
      es: `A ${path} le falta en with: ${lacking.join(', ')}.`,
      en: `${path} lacks in its with: ${lacking.join(', ')}.`,
    });
}
