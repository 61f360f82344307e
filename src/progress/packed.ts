// Texts compressed into base64url, and back. What comes in is of unknown origin. Pure.
import { deflateSync, inflateSync } from 'fflate';

export function packText(text: string): string {
  let packed = '';
  for (const byte of deflateSync(new TextEncoder().encode(text), { level: 9 })) packed += String.fromCharCode(byte);
  return btoa(packed).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * @param largest bytes of the text. Never more than fits into this is unfolded: a small text can unfold to gigabytes.
 * @returns undefined when it is none, or larger.
 */
export function unpackText(packed: string, largest: number): string | undefined {
  if (!/^[\w-]*$/.test(packed)) return undefined;
  try {
    const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(inflateSync(bytes, { out: new Uint8Array(largest) }));
  } catch {
    return undefined;
  }
}
