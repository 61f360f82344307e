/**
 * The labels of a series: pairs of name and value sorted by name, without empty values. Pairs and not a record, because a
 * label may be called `__proto__`.
 */
export type Labels = readonly (readonly [name: string, value: string])[];

export const NAME = '__name__';

/** Labels from pairs in any order; a later pair replaces an earlier one of the same name, an empty value removes it. */
export function createLabels(pairs: Iterable<readonly [string, string]>): Labels {
  const map = new Map(pairs);
  return [...map].filter(([, value]) => value !== '').sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Labels of a metric from a record: `labelsOf('up', { job: 'web' })`. */
export function labelsOf(name: string, rest: Readonly<Record<string, string>> = {}): Labels {
  return createLabels([...Object.entries(rest), [NAME, name]]);
}

export function getLabel(labels: Labels, name: string): string {
  for (const [key, value] of labels) if (key === name) return value;
  return '';
}

/** Labels as JSON has them; a Map would be written as nothing, and `__proto__` has to stay a plain key. */
export function recordOf(labels: Labels): Readonly<Record<string, string>> {
  const out: Record<string, string> = Object.create(null);
  for (const [name, value] of labels) out[name] = value;
  return out;
}

export function withLabel(labels: Labels, name: string, value: string): Labels {
  return createLabels([...labels, [name, value]]);
}

/** What says which metric it is, and is dropped when a value is no longer of that metric. */
const ofMetric = new Set([NAME, '__type__', '__unit__']);

export function withoutName(labels: Labels): Labels {
  return labels.some(([name]) => ofMetric.has(name)) ? labels.filter(([name]) => !ofMetric.has(name)) : labels;
}

/** A text that two label sets share only if they are equal: no label may hold the separators, which are not Unicode text. */
export function labelsKey(labels: Labels): string {
  let key = '';
  for (const [name, value] of labels) key += `${name}\uDC00${value}\uDC01`;
  return key;
}

/** The key of only those labels (`on`, `by`) or of all but those (`ignoring`, `without`). */
export function partialKey(labels: Labels, names: ReadonlySet<string>, keep: boolean): string {
  let key = '';
  for (const [name, value] of labels) if (names.has(name) === keep) key += `${name}\uDC00${value}\uDC01`;
  return key;
}

/** Order of results: label by label, name before value, as Prometheus' labels.Compare. */
export function compareLabels(a: Labels, b: Labels): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const [nameA, valueA] = a[i] as readonly [string, string];
    const [nameB, valueB] = b[i] as readonly [string, string];
    if (nameA !== nameB) return nameA < nameB ? -1 : 1;
    if (valueA !== valueB) return valueA < valueB ? -1 : 1;
  }
  return a.length - b.length;
}

const plainName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const plainLabel = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** As Prometheus writes a series: `up{job="web"}`, with names outside the old alphabet quoted: `{"http.requests", "a b"="c"}`. */
export function formatLabels(labels: Labels): string {
  const name = getLabel(labels, NAME);
  const rest = labels
    .filter(([label]) => label !== NAME)
    .map(([label, value]) => `${plainLabel.test(label) ? label : quote(label)}=${quote(value)}`);
  if (name === '' || plainName.test(name)) {
    return rest.length > 0 || name === '' ? `${name}{${rest.join(', ')}}` : name;
  }
  return `{${[quote(name), ...rest].join(', ')}}`;
}

/** As formatLabels, with the name as a label like the others: `{__name__="up", job="web"}`. */
export function formatAllLabels(labels: Labels): string {
  return `{${labels.map(([name, value]) => `${plainLabel.test(name) ? name : quote(name)}=${quote(value)}`).join(', ')}}`;
}

/** Any text of Unicode characters may name a label, but none at all. */
export function isLabelName(name: string): boolean {
  return name !== '' && name.isWellFormed();
}

const escapes = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\v', '\\v'],
  ['"', '\\"'],
  ['\\', '\\\\'],
]);

/** A text in double quotes as Go's %q writes it. */
export function quote(text: string): string {
  let out = '"';
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    out += escapes.get(char) ?? (code < 0x20 || code === 0x7f ? `\\x${code.toString(16).padStart(2, '0')}` : char);
  }
  return `${out}"`;
}
