import { isArray, type Json, jsonText, numberText } from './json.ts';
import { JqError, shownValue } from './operators.ts';

const htmlSigns: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&apos;',
  '"': '&quot;',
};

function plainText(value: Json): string {
  return typeof value === 'string' ? value : jsonText(value);
}

/** `@csv` and its relatives. */
export function formatText(name: string, value: Json): string {
  switch (name) {
    case '@text':
      return plainText(value);
    case '@json':
      return jsonText(value);
    case '@html':
      return plainText(value).replaceAll(/[<>&'"]/g, (sign) => htmlSigns[sign] ?? sign);
    case '@uri':
      return Array.from(new TextEncoder().encode(plainText(value)), (byte) => {
        const character = String.fromCharCode(byte);
        return /[A-Za-z0-9\-_.~]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
      }).join('');
    case '@csv':
    case '@tsv':
      return row(name.slice(1), value);
    case '@sh':
      return (isArray(value) ? value : [value])
        .map((one) => {
          if (typeof one === 'string') return `'${one.replaceAll("'", "'\\''")}'`;
          if (one !== null && typeof one === 'object')
            throw new JqError(`${shownValue(one)} can not be escaped for shell`);
          return jsonText(one);
        })
        .join(' ');
    case '@base64':
      return btoa(String.fromCharCode(...new TextEncoder().encode(plainText(value))));
    case '@base64d':
      return unbase64(value);
    default:
      throw new JqError(`${name.slice(1)} is not a valid format`);
  }
}

function unbase64(value: Json): string {
  const text = plainText(value);
  try {
    return new TextDecoder().decode(
      Uint8Array.from(atob(text.replace(/=+$/, '')), (character) => character.charCodeAt(0)),
    );
  } catch {
    throw new JqError(`${shownValue(value)} is not valid base64 data`);
  }
}

function row(kind: string, value: Json): string {
  if (!isArray(value)) throw new JqError(`${shownValue(value)} cannot be ${kind}-formatted, only array`);
  const cells = value.map((cell) => {
    if (typeof cell === 'number') return numberText(cell);
    if (cell === null) return '';
    if (typeof cell === 'boolean') return String(cell);
    if (typeof cell !== 'string') throw new JqError(`${shownValue(cell)} is not valid in a csv row`);
    if (kind === 'csv') return `"${cell.replaceAll('"', '""')}"`;
    return cell.replaceAll(
      /[\\\t\n\r]/g,
      (sign) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[sign] ?? sign,
    );
  });
  return cells.join(kind === 'csv' ? ',' : '\t');
}
