// The functions of the machine, taken away from where programs could see them.
export const host = globalThis.__host;
delete globalThis.__host;

/** The machine is told texts up to their first NUL: one that has some goes as bytes. */
const { encode } = host;
host.encode = (text) => {
  if (!text.includes('\0')) return encode(text);
  const parts = text.split('\0').map((part) => new Uint8Array(encode(part)));
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 1, -1));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length + 1;
  }
  return all.buffer;
};
for (const name of ['write', 'writeFile', 'appendFile']) {
  const call = host[name];
  host[name] = (to, data, ...rest) =>
    call(to, typeof data === 'string' && data.includes('\0') ? host.encode(data) : data, ...rest);
}

/** What does not change while the program runs: arguments, environment, process number, names. */
export const info = JSON.parse(host.info());
