/** What just-bash wrote: bytes as characters, or text. */
export function bytesOf(text: string, asBytes: boolean): Uint8Array {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of characters that can stand for bytes
  if (asBytes || (/[\x80-\xff]/.test(text) && !/[^\x00-\xff]/.test(text) && isUtf8(text))) {
    return Uint8Array.from(text, (character) => character.charCodeAt(0));
  }
  return new TextEncoder().encode(text);
}

function isUtf8(text: string): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(text, (character) => character.charCodeAt(0)));
    return true;
  } catch {
    return false;
  }
}

/** just-bash says that it was aborted; bash says nothing of the kind. */
export function withoutNote(stderr: string): string {
  return stderr.replace('bash: execution aborted\n', '');
}
