// How a job of a workflow pushes.
import { BOT, fullNameOf, mayDo, tokenOf } from '../../forge/index.ts';
import { fatal } from './options.ts';
import type { Work } from './work.ts';

/** Of a workflow file that is run by itself: its own words for that are clearer than a repository that is not found. */
const noForgeHere = {
  es: 'aquí no hay forja a la que hacer push: el archivo corre sin repositorio',
  en: 'there is no forge to push to here: the file runs without a repository',
} as const;

/** A job pushes with its GITHUB_TOKEN, which actions/checkout leaves in the repository's settings. */
export function mindToken(work: Work, url: string): void {
  const { io, gitdir } = work;
  const token = tokenOf(io.machine);
  if (token === undefined) throw fatal(noForgeHere[io.machine.language]);
  const [, given] = /^https:\/\/(?:[^:@/]*:)?([^@/]+)@/.exec(url) ?? [];
  const address = url.replace(/\/\/[^@/]*@/, '//');
  if (given === undefined && !/extraheader/i.test(io.machine.files.readText(`${gitdir}/config`)))
    throw fatal("could not read Username for 'https://git.ventarela.test': No such device or address");
  if (given !== undefined && given !== token.value) throw fatal(`Authentication failed for '${address}/'`);
  const name = address.replace('https://git.ventarela.test/', '').replace(/\.git$/, '');
  if (mayDo(token.permissions, 'contents', 'write') && name.split('/').at(-1) === token.repository.split('/').at(-1))
    return;
  const full = name.includes('/') ? name : fullNameOf(name);
  io.stderr(`remote: Permission to ${full}.git denied to ${BOT}.\n`);
  throw fatal(`unable to access '${address}/': The requested URL returned error: 403`);
}
