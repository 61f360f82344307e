// What hides data and what makes keys of passwords, for node:crypto: AES in the modes that programs ask for by name, and scrypt.
import { cbc, ctr, gcm } from '@noble/ciphers/aes.js';
import { scrypt as keyFrom } from '@noble/hashes/scrypt.js';

interface Settings {
  readonly mode: 'cbc' | 'ctr' | 'gcm';
  /** Whether the last block is filled up (PKCS #7). */
  readonly padding: boolean;
}

interface ScryptSettings {
  /** A power of two. */
  readonly N: number;
  readonly r: number;
  readonly p: number;
  /** Of the key, in bytes. */
  readonly length: number;
}

function cipherOf(settings: string, [key, vector, , besides]: readonly Uint8Array[]) {
  const { mode, padding } = JSON.parse(settings) as Settings;
  const given = [key as Uint8Array, vector as Uint8Array] as const;
  if (mode === 'ctr') return ctr(...given);
  return mode === 'gcm' ? gcm(...given, besides) : cbc(...given, { disablePadding: !padding });
}

/** @throws Error in the words of OpenSSL, which programs see */
function inItsWords(work: () => Uint8Array): Uint8Array {
  try {
    return work();
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    if (said.includes('bad decrypt')) throw new Error('bad decrypt');
    if (/multiple of|empty ciphertext/.test(said)) throw new Error('wrong final block length');
    if (said.includes('invalid tag')) throw new Error('Unsupported state or unable to authenticate data');
    throw error;
  }
}

/** The secret text of a key, a vector, data and what is sealed besides; in GCM its tag follows. @param settings JSON of `Settings` */
export const encrypt = (settings: string, ...bytes: Uint8Array[]): Uint8Array =>
  inItsWords(() => cipherOf(settings, bytes).encrypt(bytes[2] as Uint8Array));

/** The text of a secret one; in GCM its tag follows it. */
export const decrypt = (settings: string, ...bytes: Uint8Array[]): Uint8Array =>
  inItsWords(() => cipherOf(settings, bytes).decrypt(bytes[2] as Uint8Array));

/** @param settings JSON of `ScryptSettings` */
export function scrypt(settings: string, password: Uint8Array, salt: Uint8Array): Uint8Array {
  const { length, ...cost } = JSON.parse(settings) as ScryptSettings;
  return length === 0 ? new Uint8Array() : keyFrom(password, salt, { ...cost, dkLen: length });
}
