/**
 * The one script of the frame's document, from the texts of boot-frame.js and boot-worker.js. A page's policy allows it by the hash
 * of this very text, so it is made in one place.
 */
export function frameScript(bootFrame: string, bootWorker: string): string {
  const boot = JSON.stringify(bootWorker).replaceAll('<', '\\u003c');
  return `globalThis.bootWorker=${boot};\n${bootFrame}`.replaceAll('</', '<\\/');
}
