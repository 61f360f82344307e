/** What is wrong with a text that is no JSON, in V8's words, and where; nothing where it is JSON. */
export function parseProblem(source: string): { readonly words: string; readonly position?: number } | undefined;
