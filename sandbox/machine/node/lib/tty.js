import process from 'node:process';

export const isatty = (fd) => [process.stdin, process.stdout, process.stderr][fd]?.isTTY === true;
export default { isatty };
