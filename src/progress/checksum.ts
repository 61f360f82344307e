const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 (IEEE 802.3) going on from `crc`. It tells damage, not malice: the data is the learner's own. */
export function crc32(bytes: Uint8Array, crc = 0): number {
  let value = ~crc;
  for (const byte of bytes) value = (table[(value ^ byte) & 0xff] as number) ^ (value >>> 8);
  return ~value >>> 0;
}

/** CRC-32 of plain data: the same for equal values whatever the order of their fields, different types apart. */
export const checksum = (value: unknown): number => sumOf(value, leafText);

function sumOf(value: unknown, leaf: (part: unknown) => string): number {
  let crc = 0;
  const text = (part: string): void => {
    crc = crc32(new TextEncoder().encode(part), crc);
  };
  const walk = (part: unknown): void => {
    if (part instanceof Uint8Array) {
      text(`b${part.length}:`);
      crc = crc32(part, crc);
    } else if (Array.isArray(part)) {
      text(`a${part.length}:`);
      for (const item of part) walk(item);
    } else if (typeof part === 'object' && part !== null) {
      const entries = Object.entries(part).filter(([, held]) => held !== undefined);
      entries.sort(([a], [b]) => (a < b ? -1 : 1));
      text(`o${entries.length}:`);
      for (const [key, held] of entries) {
        text(`k${key.length}:${key}`);
        walk(held);
      }
    } else text(leaf(part));
  };
  walk(value);
  return crc;
}

const leafText = (part: unknown): string => `${typeof part}${String(part).length}:${String(part)}`;
/** As the course of 23 November 2026 counted for its first hours: its records, drafts and files are good. */
const firstLeafText = (part: unknown): string => `${typeof part}:${String(part)};`;

/** Whether `sum` is the checksum of a value that may be anything: damaged data may also hold itself, which has none. */
export function isSumOf(sum: unknown, value: unknown): boolean {
  try {
    return sum === checksum(value) || sum === sumOf(value, firstLeafText);
  } catch {
    return false;
  }
}
