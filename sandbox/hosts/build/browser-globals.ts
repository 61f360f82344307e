// isomorphic-git expects Node's Buffer, which a worker has not.
export { Buffer } from 'buffer';
