// An artifact of the registry as an image: `registry.ventarela.test/NAME:VERSION` is its file, and the line that starts it.
import type { Files } from '../../machine/index.ts';
import { listArtifacts, readArtifact } from './artifacts.ts';
import { REGISTRY_HOST } from './http.ts';

const isProgram = /\.(?:mjs|cjs|js)$/;
const isArchive = /\.(?:tgz|tar\.gz|tar)$/;

/** Unpacks it, and runs what `package.json` says, else the program at its root. */
const unpacked = (file: string): string =>
  `{ tar -xf '${file}' && rm '${file}' && if [ -d "$(ls)" ]; then cd "$(ls)"; fi; ` +
  'if grep -q \'"start"\' package.json 2>/dev/null; then npm start; else node "$(ls server.mjs app.mjs index.mjs main.mjs *.mjs *.js 2>/dev/null | head -n 1)"; fi; }';

/** @returns undefined for an image of another registry; words where there is no such version, or nothing in it that runs. */
export function imageOf(
  files: Files,
  image: string,
): { readonly files: Readonly<Record<string, Uint8Array>>; readonly start: string } | string | undefined {
  const [host, ...rest] = image.split('/');
  if (host !== REGISTRY_HOST) return undefined;
  const [, name = '', version] = /^([^:@]+)(?::([^@]+))?$/.exec(rest.join('/')) ?? [];
  const all = listArtifacts(files, name);
  const found = version === undefined || version === 'latest' ? all.at(-1)?.version : version;
  const held = all.filter((one) => one.version === found);
  if (held.length === 0)
    return `docker: Error response from daemon: manifest for ${image} not found: manifest unknown: manifest unknown`;
  const one = held.find(({ file }) => isArchive.test(file)) ?? held.find(({ file }) => isProgram.test(file));
  if (one === undefined) return `${image}: nothing in it runs (there is ${held.map(({ file }) => file).join(', ')})`;
  const start = isProgram.test(one.file) ? `node '${one.file}'` : unpacked(one.file);
  return { files: { [one.file]: readArtifact(files, one) }, start };
}
