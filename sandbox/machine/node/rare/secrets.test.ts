// The same bytes as OpenSSL makes them, by the machine's own node:crypto.
import { type CipherGCM, createCipheriv, scryptSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decrypt, encrypt, scrypt } from './secrets.ts';

const bytes = (minLength: number, maxLength = minLength) => fc.uint8Array({ minLength, maxLength });
const keys = fc.constantFrom(16, 24, 32).chain((length) => bytes(length));

test('AES hides as OpenSSL does, in each mode, and gives back what was hidden', () => {
  const modes = fc.constantFrom('cbc', 'ctr', 'gcm');
  fc.assert(
    fc.property(modes, keys, bytes(16), bytes(0, 70), bytes(0, 20), (mode, key, vector, data, besides) => {
      const cipher = createCipheriv(`aes-${key.length * 8}-${mode}`, key, vector) as CipherGCM;
      if (mode === 'gcm') cipher.setAAD(besides);
      const real = [cipher.update(data), cipher.final(), ...(mode === 'gcm' ? [cipher.getAuthTag()] : [])];
      const settings = JSON.stringify({ mode, padding: true });
      const hidden = encrypt(settings, key, vector, data, besides);
      expect([...hidden]).toEqual([...Buffer.concat(real)]);
      expect([...decrypt(settings, key, vector, hidden, besides)]).toEqual([...data]);
    }),
  );
});

test('scrypt makes the keys that OpenSSL makes', () => {
  const costs = fc.record({
    N: fc.constantFrom(2, 16, 64),
    r: fc.integer({ min: 1, max: 4 }),
    p: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(bytes(0, 20), bytes(0, 20), costs, fc.nat(70), (password, salt, cost, length) => {
      const made = scrypt(JSON.stringify({ ...cost, length }), password, salt);
      expect([...made]).toEqual([...scryptSync(password, salt, length, cost)]);
    }),
  );
});
