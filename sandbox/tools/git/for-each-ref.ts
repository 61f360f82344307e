// Refs in forms of one's own.
import * as git from 'isomorphic-git';
import { commitData, type Person, short, titleOf } from '../../forge/git/index.ts';
import { allRefs } from './decorations.ts';
import { fatal, lastValue, readOptions } from './options.ts';
import { dateForm } from './pretty.ts';
import { isKept, refFilters, withHead } from './ref-filter.ts';
import { resolve } from './revisions.ts';
import { configText } from './settings.ts';
import { distance, upstreamOf } from './upstream.ts';
import { currentBranch, type Work } from './work.ts';

interface Ref {
  readonly ref: string;
  readonly oid: string;
}

/** Every ref with the id that it holds, which may be that of a tag. */
const refsAsTheyAre = async (work: Work): Promise<readonly Ref[]> =>
  Promise.all((await allRefs(work)).map(async ({ ref }) => ({ ref, oid: await git.resolveRef({ ...work, ref }) })));

/** `git for-each-ref`: refs in a form of one's own. */
export async function forEachRef(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('for-each-ref', withHead(args), {
    ...refFilters,
    '--format': { as: 'format', value: true },
    '--sort': { as: 'sort', value: true },
    '--count': { as: 'count', value: true },
    '--shell': { as: 'shell' },
    '--ignore-case': { as: 'ignore-case' },
  });
  const wanted = parsed.words.map((word) => word.replace(/\/$/, ''));
  const refs = (await refsAsTheyAre(work)).filter(
    ({ ref }) =>
      wanted.length === 0 ||
      wanted.some(
        (one) =>
          ref === one ||
          ref.startsWith(`${one}/`) ||
          (one.includes('*') && new RegExp(`^${one.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}`).test(ref)),
      ),
  );
  const rows: Ref[] = [];
  for (const row of await sortedRefs(work, refs, parsed.values.get('sort') ?? []))
    if (await isKept(work, parsed, row.ref)) rows.push(row);
  const format = lastValue(parsed, 'format') ?? '%(objectname) %(objecttype)\t%(refname)';
  const count = Number(lastValue(parsed, 'count') ?? rows.length);
  for (const row of rows.slice(0, count)) work.io.stdout(`${await filled(work, format, row)}\n`);
  return 0;
}

/** Refs in the order of `--sort` keys, the last of which counts most. */
export async function sortedRefs<R extends Ref>(
  work: Work,
  refs: readonly R[],
  keys: readonly string[],
): Promise<readonly R[]> {
  let sorted = [...refs];
  for (const key of keys) {
    const [down, name] = key.startsWith('-') ? [-1, key.slice(1)] : [1, key];
    const values = new Map<string, string>();
    const isVersion = /^(v|version):refname$/.test(name);
    for (const row of sorted)
      values.set(row.ref, await fieldOf(work, isVersion ? 'refname' : name.replace(/date$/, 'date:unix'), row));
    const of = ({ ref }: Ref): string => values.get(ref) ?? '';
    const compare = isVersion
      ? versions
      : (a: string, b: string) =>
          /^\d+$/.test(a) && /^\d+$/.test(b) ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0;
    sorted = sorted.sort((a, b) => down * compare(of(a), of(b)));
  }
  return sorted;
}

/** `v1.10` after `v1.9`: numbers in a name are compared as numbers. */
function versions(a: string, b: string): number {
  const parts = (text: string): readonly string[] => text.match(/\d+|\D+/g) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [x = '', y = ''] = [left[at], right[at]];
    if (x === y) continue;
    return /^\d+$/.test(x) && /^\d+$/.test(y) ? Number(x) - Number(y) : x < y ? -1 : 1;
  }
  return 0;
}

/** What stands between `%(if)` or `%(align)` and its `%(end)`. */
interface Part {
  readonly opened: string;
  text: string;
  /** Once `%(then)` was met: whether its text is taken. */
  holds?: boolean;
  /** The text before `%(else)`. */
  first?: string;
}

/** A format with the fields of a ref. */
export async function filled(work: Work, format: string, row: Ref): Promise<string> {
  const parts: Part[] = [];
  let top: Part = { opened: '', text: '' };
  let from = 0;
  for (const found of format.matchAll(/%\(([^)]*)\)|%%|%([0-9a-f]{2})/gi)) {
    const [whole, name = '', hex] = found;
    top.text += format.slice(from, found.index);
    from = found.index + whole.length;
    if (/^(if|align)\b/.test(name)) {
      parts.push(top);
      top = { opened: name, text: '' };
    } else if (name === 'then') {
      const [, not, wanted] = /^if:(not)?equals=(.*)$/.exec(top.opened) ?? [];
      top.holds = wanted === undefined ? top.text.trim() !== '' : (top.text === wanted) !== (not !== undefined);
      top.text = '';
    } else if (name === 'else') {
      top.first = top.text;
      top.text = '';
    } else if (name === 'end') {
      const outer = parts.pop();
      if (outer === undefined) throw fatal('format: %(end) atom used without corresponding atom');
      outer.text += closed(top);
      top = outer;
    } else if (name !== '') top.text += await fieldOf(work, name, row);
    else top.text += hex === undefined ? '%' : String.fromCharCode(Number.parseInt(hex, 16));
  }
  if (parts.length > 0) throw fatal('format: %(end) atom missing');
  return top.text + format.slice(from);
}

function closed({ opened, text, holds, first }: Part): string {
  if (opened.startsWith('if')) return holds === true ? (first ?? text) : first === undefined ? '' : text;
  const width = Number(/\d+/.exec(opened)?.[0] ?? 0);
  if (opened.includes('right')) return text.padStart(width);
  return opened.includes('middle')
    ? text.padStart(text.length + Math.floor(Math.max(0, width - text.length) / 2)).padEnd(width)
    : text.padEnd(width);
}

async function trackOf(
  work: Work,
  upstream: NonNullable<Awaited<ReturnType<typeof upstreamOf>>>,
  ref: string,
  short: boolean,
): Promise<string> {
  const apart = await distance(work, upstream, ref);
  if (apart === undefined) return short ? '' : '[gone]';
  const { ahead, behind } = apart;
  if (short) return ahead > 0 ? (behind > 0 ? '<>' : '>') : behind > 0 ? '<' : '=';
  const parts = [ahead > 0 ? `ahead ${ahead}` : '', behind > 0 ? `behind ${behind}` : ''].filter((part) => part !== '');
  return parts.length === 0 ? '' : `[${parts.join(', ')}]`;
}

async function fieldOf(work: Work, field: string, { ref, oid }: Ref): Promise<string> {
  if (field.startsWith('*')) {
    const read = await git.readObject({ ...work, oid, format: 'content' });
    if (read.type !== 'tag') return '';
    return fieldOf(work, field.slice(1), { ref, oid: (await git.readTag({ ...work, oid })).tag.object });
  }
  const [, name = '', form = ''] = /^([^:]*):?(.*)$/.exec(field) ?? [];
  if (name === 'refname' && /^l?strip=/.test(form)) {
    const parts = ref.split('/');
    const count = Number(form.replace(/^l?strip=/, ''));
    return parts.slice(count < 0 ? count : Math.min(count, parts.length - 1)).join('/');
  }
  if (name === 'refname')
    return form === 'short' ? ref.replace(/^refs\/(heads|tags|remotes)\//, '').replace(/^refs\//, '') : ref;
  if (name === 'color') return '';
  if (name === 'HEAD') return ref === `refs/heads/${await currentBranch(work)}` ? '*' : ' ';
  if (name === 'objectname') return form.startsWith('short') ? short(work, oid) : oid;
  const { type, object } = await git.readObject({ ...work, oid, format: 'content' });
  if (name === 'objecttype') return type;
  if (name === 'objectsize') return String((object as Uint8Array).length);
  if (name === 'symref')
    return /^ref: (.+)/.exec(configText(work.io.machine.files, `${work.gitdir}/${ref}`))?.[1] ?? '';
  if (name === 'upstream') {
    const upstream = ref.startsWith('refs/heads/')
      ? await upstreamOf(work, ref.slice('refs/heads/'.length))
      : undefined;
    if (upstream === undefined) return '';
    if (form.startsWith('track')) return trackOf(work, upstream, ref, form.startsWith('trackshort'));
    return form === 'short' ? upstream.name : upstream.ref;
  }
  const commit = await commitData(work, (await resolve(work, ref)) ?? oid);
  const tag = type === 'tag' ? (await git.readTag({ ...work, oid })).tag : undefined;
  const message = tag?.message ?? commit.message;
  const body = message.trimStart().split('\n\n').slice(1).join('\n\n');
  const people: Readonly<Record<string, Person>> = {
    author: commit.author,
    committer: commit.committer,
    tagger: (tag?.tagger as Person | undefined) ?? commit.committer,
    creator: (tag?.tagger as Person | undefined) ?? commit.committer,
  };
  if (name?.startsWith('tagger') && tag === undefined) return '';
  if (name === 'subject' || (name === 'contents' && form === 'subject')) return titleOf({ message });
  if (name === 'body' || (name === 'contents' && form === 'body')) return body;
  if (name === 'contents') return message;
  const [, role = '', part = ''] = /^(author|committer|tagger|creator)(name|email|date)?$/.exec(name) ?? [];
  const person = people[role];
  if (person === undefined) throw fatal(`unknown field name: ${field}`);
  if (part === 'name') return person.name;
  if (part === 'email') return `<${person.email}>`;
  if (part === 'date')
    return dateForm(form === '' ? 'default' : form, Math.floor(work.io.machine.kernel.now() / 1000))(person);
  return `${person.name} <${person.email}> ${person.timestamp}`;
}
