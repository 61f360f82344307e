const encoded = (text) => encodeURIComponent(text);
const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

export function parse(text, separator = '&', equals = '=') {
  const found = Object.create(null);
  for (const part of String(text).split(separator)) {
    if (part === '') continue;
    const at = part.indexOf(equals);
    const [name, value] = (at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + equals.length)]).map((one) =>
      decoded(one.replaceAll('+', ' ')),
    );
    found[name] = name in found ? [found[name], value].flat() : value;
  }
  return found;
}

const shown = (value) =>
  ['string', 'number', 'bigint', 'boolean'].includes(typeof value) ? encoded(String(value)) : '';

export function stringify(values, separator = '&', equals = '=') {
  return Object.entries(values ?? {})
    .flatMap(([name, value]) => [value].flat().map((one) => `${encoded(name)}${equals}${shown(one)}`))
    .join(separator);
}

export { decoded as unescape, encoded as escape, parse as decode, stringify as encode };
export default { decode: parse, encode: stringify, escape: encoded, parse, stringify, unescape: decoded };
