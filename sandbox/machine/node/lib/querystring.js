const encoded = (text) => encodeURIComponent(typeof text === 'object' ? String(text) : `${text}`);
const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    const bytes = [];
    const whole = String(text);
    for (let at = 0; at < whole.length; at++) {
      const pair = whole[at] === '%' ? whole.slice(at + 1, at + 3) : '';
      if (/^[0-9a-f]{2}$/i.test(pair)) {
        bytes.push(Number.parseInt(pair, 16));
        at += 2;
      } else bytes.push(...new TextEncoder().encode(whole[at]));
    }
    return new TextDecoder().decode(Uint8Array.from(bytes));
  }
};

export function parse(
  text,
  separator = '&',
  equals = '=',
  { maxKeys = 1000, decodeURIComponent: decode = querystring.unescape } = {},
) {
  const found = Object.create(null);
  if (typeof text !== 'string' || text === '') return found;
  const parts = text.split(separator || '&');
  for (const part of maxKeys > 0 ? parts.slice(0, maxKeys) : parts) {
    if (part === '') continue;
    const sign = equals || '=';
    const at = part.indexOf(sign);
    const [name, value] = (at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + sign.length)]).map((one) =>
      decode(one.replaceAll('+', ' ')),
    );
    found[name] = name in found ? [found[name], value].flat() : value;
  }
  return found;
}

const shown = (value) =>
  typeof value === 'string' || typeof value === 'bigint' || typeof value === 'boolean' || Number.isFinite(value)
    ? querystring.escape(String(value))
    : '';

export function stringify(values, separator = '&', equals = '=') {
  if (typeof values !== 'object' || values === null) return '';
  return Object.entries(values)
    .flatMap(([name, value]) => [value].flat().map((one) => `${querystring.escape(name)}${equals || '='}${shown(one)}`))
    .join(separator || '&');
}

export { decoded as unescape, encoded as escape, parse as decode, stringify as encode };

const querystring = {
  unescapeBuffer: (text) => globalThis.Buffer.from(decoded(text)),
  unescape: decoded,
  escape: encoded,
  stringify,
  encode: stringify,
  parse,
  decode: parse,
};
export default querystring;
