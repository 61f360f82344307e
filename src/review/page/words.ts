/** A sentence of the review, from the page's own words. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export function sayFrom(words: Readonly<Record<string, string>>): Say {
  return (key, values = {}) =>
    (words[key] ?? key).replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
