// Addresses of the internet protocol.
export const isIPv4 = (text) => /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/.test(text);
export const isIPv6 = (text) =>
  /^[0-9a-f:.]+(%\w+)?$/i.test(text) &&
  text.includes(':') &&
  !/:::|::.*::|[0-9a-f]{5}/i.test(text) &&
  (text.includes('::') ? text.split(':').length <= 8 : text.split(':').length === 8);
export const isIP = (text) => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0);
