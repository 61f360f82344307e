// Of node:net the questions about addresses: servers and clients speak HTTP here.
import { isIP, isIPv4, isIPv6 } from 'node:internal/addresses';
import { nodeError } from 'node:internal/errors';

const refuse = (name) => () => {
  throw nodeError(
    Error,
    'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
    `net.${name} is not part of this sandbox: servers and clients speak HTTP here, with node:http or fetch`,
  );
};
export const createServer = refuse('createServer');
export const createConnection = refuse('createConnection');
export const connect = refuse('connect');
export { isIP, isIPv4, isIPv6 };
export default { connect, createConnection, createServer, isIP, isIPv4, isIPv6 };
