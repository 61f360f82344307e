// In place of the package `to-buffer`, under isomorphic-git's SHA-1: its feature detection throws and catches at load, for
// which V8 parses the whole engine twice more (a quarter of a second).
module.exports = (data, encoding) => (typeof data === 'string' ? Buffer.from(data, encoding) : data);
