// In place of the package `pako`: git reads and writes the same small objects again and again, and a stream of pako takes up to 256 kB each
// time. What came of some bytes is remembered, and never changed by who gets it.
const pako = require('pako/index.js');

/** Bytes of what is remembered, and how much of it. */
const MOST_BYTES = 4096;
const MOST = 4096;

function remembered(work) {
  const known = new Map();
  return (bytes, options) => {
    if (options !== undefined || typeof bytes === 'string' || bytes.length > MOST_BYTES) return work(bytes, options);
    const key = String.fromCharCode.apply(null, bytes);
    const found = known.get(key) ?? work(bytes);
    if (known.size === MOST) known.clear();
    known.set(key, found);
    return found;
  };
}

module.exports = { ...pako, deflate: remembered(pako.deflate), inflate: remembered(pako.inflate) };
