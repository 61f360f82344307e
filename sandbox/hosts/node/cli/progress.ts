/** A bar on the terminal, drawn over itself; nothing where the errors go to a file. */
export function showProgress(done: number, all: number): void {
  if (!process.stderr.isTTY) return;
  const width = 30;
  const full = Math.round((done / all) * width);
  process.stderr.write(`\r${'█'.repeat(full)}${'·'.repeat(width - full)} ${done}/${all}${done === all ? '\n' : ''}`);
}
