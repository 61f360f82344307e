// Addresses of the internet protocol.
import { nextTick, setImmediate } from 'node:internal/timers';

export const isIPv4 = (text) => /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/.test(text);
export const isIPv6 = (text) =>
  /^[0-9a-f:.]+(%\w+)?$/i.test(text) &&
  text.includes(':') &&
  !/:::|::.*::|[0-9a-f]{5}/i.test(text) &&
  (text.includes('::') ? text.split(':').length <= 8 : text.split(':').length === 8);
export const isIP = (text) => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0);

/** Begins at an address: at once where none is named, else when the name has been looked up. */
export function whenLookedUp(name, begin) {
  if (typeof name !== 'string' || name === '') begin('::');
  else if (isIP(name)) nextTick(begin, name);
  else setImmediate(begin, name === 'localhost' ? '127.0.0.1' : name);
}
