// `gh run download`.
import { resolvePath } from '../../../machine/index.ts';
import { globMatcher } from '../../../machine/tools/text/glob.ts';
import { artifactsOf } from '../../../pipeline/index.ts';
import { GhStop, type Given } from '../given.ts';
import type { Place } from '../place.ts';
import { find, runsNow } from './find.ts';

/** Artifacts into the folder: each into one of its own name, unless it is the only one that is asked for. */
export async function download(place: Place, given: Given): Promise<number> {
  const names = given.values('name');
  const patterns = given.values('pattern').map((pattern) => globMatcher(pattern, { slashes: false }));
  const isAsked = (name: string): boolean => names.includes(name) || patterns.some((matches) => matches(name));
  const isAll = names.length + patterns.length === 0;
  const [id] = given.words;
  // Without a run, the newest of each name in the repository.
  const runs = id === undefined && !isAll ? runsNow(place) : [find(place, id)];
  const wanted = new Map<string, number>();
  for (const { artifacts, number } of runs)
    for (const { name } of artifacts) if (!wanted.has(name) && (isAll || isAsked(name))) wanted.set(name, number);
  if (wanted.size === 0)
    throw new GhStop(
      isAll ? 'no valid artifacts found to download' : 'no artifact matches any of the names or patterns provided',
    );
  const { files, far } = place.io.machine;
  const folder = resolvePath(place.io.cwd, given.value('dir') ?? '.');
  for (const [name, run] of wanted) {
    const from = `${artifactsOf(place.repository, run)}/${name}`;
    const into = names.length === 1 && patterns.length === 0 ? folder : `${folder}/${name}`;
    const copy = (inside: string): void => {
      for (const one of far.list(`${from}${inside}`)) {
        const path = `${inside}/${one}`;
        if (far.stat(`${from}${path}`).type === 'directory') copy(path);
        else {
          files.mkdir(`${into}${inside}`, { recursive: true });
          files.writeFile(`${into}${path}`, far.readFile(`${from}${path}`));
        }
      }
    };
    copy('');
  }
  return 0;
}
