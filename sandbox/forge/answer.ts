/** What the forge answers to a wish: the result, or why not, in the words of the product. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

export const done = <T>(value: T): Answer<T> => ({ ok: true, value });
export const refused = (why: string): { readonly ok: false; readonly why: string } => ({ ok: false, why });
