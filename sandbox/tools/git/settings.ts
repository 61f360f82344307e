// Git's configuration files: read and written line by line, so that what a person wrote in one stays as it was.
import type { Files } from '../../machine/index.ts';

/** One `key = value` line. `key` is `section.name` or `section.Sub section.name`, its section and name in lower case. */
interface Setting {
  readonly key: string;
  readonly value: string;
  readonly line: number;
}

interface Section {
  readonly name: string;
  /** Lines of the header, and of the last line that belongs to it. */
  readonly start: number;
  end: number;
}

function read(text: string): { lines: string[]; settings: Setting[]; sections: Section[] } {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const settings: Setting[] = [];
  const sections: Section[] = [];
  for (const [line, content] of lines.entries()) {
    const [, section, sub] = /^\s*\[([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\]/.exec(content) ?? [];
    if (section !== undefined) {
      const name =
        sub === undefined ? section.toLowerCase() : `${section.toLowerCase()}.${sub.replaceAll(/\\(.)/g, '$1')}`;
      sections.push({ name, start: line, end: line });
      continue;
    }
    const current = sections.at(-1);
    const [, name, value] = /^\s*([A-Za-z][\w-]*)\s*(?:=\s*(.*))?$/.exec(content) ?? [];
    if (current === undefined || name === undefined) continue;
    current.end = line;
    settings.push({
      key: `${current.name}.${name.toLowerCase()}`,
      value: plain(value ?? ''),
      line,
    });
  }
  return { lines, settings, sections };
}

/** A value without its quotes, escapes and comment. */
function plain(written: string): string {
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

/** The last value that a file gives a key. */
export function settingIn(text: string, key: string): string | undefined {
  const { section, name } = parts(key);
  return read(text).settings.findLast((one) => one.key === `${section}.${name.toLowerCase()}`)?.value;
}

/** The text with a value set, in git's own layout. */
export function withSetting(text: string, key: string, value: string): string {
  const { lines, settings, sections } = read(text);
  const { section, header, name } = parts(key);
  const line = `\t${name} = ${written(value)}`;
  const old = settings.findLast((one) => one.key === `${section}.${name.toLowerCase()}`);
  const home = sections.findLast((one) => one.name === section);
  if (old !== undefined) lines[old.line] = line;
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
  const alone = home !== undefined && home.start === old.line - 1 && home.end === old.line;
  lines.splice(alone ? old.line - 1 : old.line, alone ? 2 : 1);
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

/** Rewrites a configuration file. */
export function changeConfig(files: Files, file: string, change: (text: string) => string): void {
  files.writeFile(file, change(configText(files, file)));
}
