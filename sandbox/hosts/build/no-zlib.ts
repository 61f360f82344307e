// just-bash's gzip commands import node:zlib, which no browser has: the sandbox does without them and says so.
function absent(): never {
  throw new Error('gzip is not part of this sandbox');
}
export const gunzipSync = absent;
export const gzipSync = absent;
export const constants = {};
