// Names that need no server: this computer's own.
import { isIP } from 'node:internal/addresses';
import { nodeError } from 'node:internal/errors';

const own = (name) =>
  isIP(name)
    ? { address: name, family: isIP(name) }
    : name === 'localhost'
      ? { address: '127.0.0.1', family: 4 }
      : undefined;

async function lookedUp(name, { all = false } = {}) {
  const found = own(name);
  if (found !== undefined) return all ? [found] : found;
  const error = nodeError(Error, 'ENOTFOUND', `getaddrinfo ENOTFOUND ${name}`);
  Object.defineProperty(error, 'stack', {
    value: `Error: getaddrinfo ENOTFOUND ${name}`,
    writable: true,
    configurable: true,
  });
  throw Object.assign(error, { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: name });
}

export function lookup(name, ...rest) {
  const done = rest.at(-1);
  const options = typeof rest[0] === 'object' ? rest[0] : {};
  lookedUp(name, options).then(
    (found) => (Array.isArray(found) ? done(null, found) : done(null, found.address, found.family)),
    (error) => done(error),
  );
}
export const promises = { lookup: lookedUp };
export default { lookup, promises };
