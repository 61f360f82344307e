// What a stream gives, as a whole.
import { Buffer } from 'node:buffer';

export async function buffer(stream) {
  const parts = [];
  for await (const chunk of stream) parts.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(parts);
}
export const text = async (stream) => (await buffer(stream)).toString();
export const json = async (stream) => JSON.parse(await text(stream));
export const bytes = async (stream) => new Uint8Array(await buffer(stream));
export async function arrayBuffer(stream) {
  const { buffer: whole, byteOffset, byteLength } = await buffer(stream);
  return whole.slice(byteOffset, byteOffset + byteLength);
}
export const blob = async (stream) => new globalThis.Blob([await buffer(stream)]);
export default { arrayBuffer, blob, buffer, bytes, json, text };
