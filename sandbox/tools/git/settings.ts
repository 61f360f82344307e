// Git's configuration files: read and written line by line, so that what a person wrote in one stays as it was.
import type { Files } from '../../machine/index.ts';
import { GitStop } from './options.ts';

/** One `key = value` line. `key` is `section.name` or `section.Sub section.name`, its section and name in lower case. */
interface Setting {
  readonly key: string;
  readonly value: string;
  readonly line: number;
  /** How many lines it takes. */
  readonly height: number;
}

interface Section {
  readonly name: string;
  /** Lines of the header, and of the last line that belongs to it. */
  readonly start: number;
  end: number;
}

interface Read {
  readonly lines: string[];
  readonly settings: readonly Setting[];
  readonly sections: readonly Section[];
  /** The number of the first line that is neither section, setting nor comment. */
  readonly bad: number | undefined;
}

function read(text: string): Read {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const settings: Setting[] = [];
  const sections: Section[] = [];
  let bad: number | undefined;
  for (let line = 0; line < lines.length; line++) {
    const content = lines[line] ?? '';
    const [header = '', section, sub] = /^\s*\[([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\]/.exec(content) ?? [];
    if (section !== undefined) {
      const name =
        sub === undefined ? section.toLowerCase() : `${section.toLowerCase()}.${sub.replaceAll(/\\(.)/g, '$1')}`;
      sections.push({ name, start: line, end: line });
    }
    const rest = content.slice(header.length);
    if (/^\s*([#;].*)?$/.test(rest)) continue;
    const current = sections.at(-1);
    const [, name, first] = /^\s*([A-Za-z][\w-]*)\s*(?:=\s*(.*))?$/.exec(rest) ?? [];
    const start = line;
    let value = first ?? '';
    // A line that ends in `\\` goes on in the next one.
    while (/(?:^|[^\\])(?:\\\\)*\\$/.test(value) && line + 1 < lines.length) value = value.slice(0, -1) + lines[++line];
    const given = plain(value);
    if (current === undefined || name === undefined || given === undefined) {
      bad ??= start + 1;
      continue;
    }
    current.end = line;
    settings.push({
      key: `${current.name}.${name.toLowerCase()}`,
      value: given,
      line: start,
      height: line - start + 1,
    });
  }
  return { lines, settings, sections, bad };
}

/** The number of the first line of a file's text that git does not understand. */
export function badLineIn(text: string): number | undefined {
  return read(text).bad;
}

/** A value without its quotes, escapes and comment; undefined when a quote is not closed. */
function plain(written: string): string | undefined {
  let value = '';
  let quoted = false;
  for (let at = 0; at < written.length; at++) {
    const sign = written[at] ?? '';
    if (sign === '\\') {
      at += 1;
      const escaped = written[at] ?? '';
      value += escaped === 'n' ? '\n' : escaped === 't' ? '\t' : escaped;
    } else if (sign === '"') quoted = !quoted;
    else if (!quoted && /[#;]/.test(sign)) return value.trimEnd();
    else value += sign;
  }
  if (quoted) return undefined;
  return written.endsWith('"') ? value : value.trimEnd();
}

function written(value: string): string {
  const escaped = value.replaceAll(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return /^\s|\s$|[#;]/.test(value) ? `"${escaped}"` : escaped;
}

/** Section, which may hold a subsection, and name of a key; the name of a section does not care about case. */
function parts(key: string): { section: string; header: string; name: string } {
  const first = key.indexOf('.');
  const last = key.lastIndexOf('.');
  const section = key.slice(0, first);
  const name = key.slice(last + 1);
  if (first === last) return { section: section.toLowerCase(), header: `[${section}]`, name };
  const sub = key.slice(first + 1, last);
  const header = `[${section} "${sub.replaceAll(/[\\"]/g, '\\$&')}"]`;
  return { section: `${section.toLowerCase()}.${sub}`, header, name };
}

/** Every setting in a file's text, in its order. */
export function settingsIn(text: string): readonly Pick<Setting, 'key' | 'value'>[] {
  return read(text).settings;
}

/** The text with a value set, in git's own layout. */
export function withSetting(text: string, key: string, value: string): string {
  const { lines, settings, sections } = read(text);
  const { section, header, name } = parts(key);
  const line = `\t${name} = ${written(value)}`;
  const old = settings.findLast((one) => one.key === `${section}.${name.toLowerCase()}`);
  const home = sections.findLast((one) => one.name === section);
  if (old !== undefined) lines.splice(old.line, old.height, line);
  else if (home !== undefined) lines.splice(home.end + 1, 0, line);
  else lines.push(header, line);
  return `${lines.join('\n')}\n`;
}

/** The text with one more value for a key that may have some already. */
export function withAddedSetting(text: string, key: string, value: string): string {
  const { lines, sections } = read(text);
  const { section, header, name } = parts(key);
  const line = `\t${name} = ${written(value)}`;
  const home = sections.findLast((one) => one.name === section);
  if (home === undefined) lines.push(header, line);
  else lines.splice(home.end + 1, 0, line);
  return `${lines.join('\n')}\n`;
}

/** The text without a key; a section that this leaves empty goes too. */
export function withoutSetting(text: string, key: string): string {
  const { lines, settings, sections } = read(text);
  const { section, name } = parts(key);
  const old = settings.findLast((one) => one.key === `${section}.${name.toLowerCase()}`);
  if (old === undefined) return text;
  const home = sections.findLast((one) => one.start < old.line);
  const alone = home !== undefined && home.start === old.line - 1 && home.end === old.line + old.height - 1;
  lines.splice(alone ? old.line - 1 : old.line, old.height + (alone ? 1 : 0));
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** The text without a section (`branch.fix`), or with it under another name. */
export function withSection(text: string, name: string, renamed?: string): string {
  const { lines, sections } = read(text);
  const gone = new Set<number>();
  for (const { name: found, start, end } of sections) {
    if (found !== name) continue;
    if (renamed !== undefined) lines[start] = parts(`${renamed}.x`).header;
    else for (let line = start; line <= end; line++) gone.add(line);
  }
  const kept = lines.filter((_, line) => !gone.has(line));
  return kept.length === 0 ? '' : `${kept.join('\n')}\n`;
}

/** The text of a configuration file; '' when there is none. */
export function configText(files: Files, file: string): string {
  return files.exists(file) ? files.readText(file) : '';
}

const changes = new WeakMap<Files, number>();

/** How often files of settings were rewritten here. */
export const changesTo = (files: Files): number => changes.get(files) ?? 0;

/** Rewrites a configuration file. @throws GitStop while another git holds it. */
export function changeConfig(files: Files, file: string, change: (text: string) => string): void {
  if (files.exists(`${file}.lock`))
    throw new GitStop(
      `error: could not lock config file ${file.replace(/^.*\/(?=\.git\/config$)/, '')}: File exists`,
      255,
    );
  files.writeFile(file, change(configText(files, file)));
  changes.set(files, changesTo(files) + 1);
}
