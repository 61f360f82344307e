// Bytes within JSON: for `JSON.stringify` and `JSON.parse`.

/** Bytes become texts that begin with `base64:`; texts that begin like that, or like this remedy, are marked `text:`. */
export function packBytes(_: string, value: unknown): unknown {
  if (typeof value === 'string') return /^(base64|text):/.test(value) ? `text:${value}` : value;
  if (!(value instanceof Uint8Array)) return value;
  const parts: string[] = [];
  for (let at = 0; at < value.length; at += 8190)
    parts.push(btoa(String.fromCharCode(...value.subarray(at, at + 8190))));
  return `base64:${parts.join('')}`;
}

export function unpackBytes(_: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.startsWith('text:')) return value.slice(5);
  if (!value.startsWith('base64:')) return value;
  return Uint8Array.from(atob(value.slice(7)), (character) => character.charCodeAt(0));
}
