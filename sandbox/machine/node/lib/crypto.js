// Chance comes from the machine's seed: good for a simulation, not for secrets.
import { Buffer } from 'node:buffer';
import { host } from 'node:internal/host';

const byte = () => Math.floor(host.random() * 256);

export function randomBytes(size) {
  return Buffer.from(Array.from({ length: size }, byte));
}

export function randomUUID() {
  const bytes = Array.from({ length: 16 }, byte);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.map((value) => value.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function randomInt(low, high) {
  const [from, to] = high === undefined ? [0, low] : [low, high];
  return from + Math.floor(host.random() * (to - from));
}

export default { randomBytes, randomInt, randomUUID };
