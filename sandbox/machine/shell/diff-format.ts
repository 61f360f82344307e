/** A unified diff of just-bash with the two head lines of GNU diff, which tell when each file was last changed. */
export function unifiedDiff(text: string, timeOf: (name: string) => number): string {
  return text
    .replace(/^=+\n/, '')
    .replaceAll(
      /^(---|\+\+\+) (.*)\t$/gm,
      (_, mark: string, name: string) => `${mark} ${name}\t${stamp(timeOf(name))}`,
    );
}

function stamp(ms: number): string {
  // biome-ignore lint/style/noRestrictedGlobals: a moment that is given, not the present one
  const [day, time] = new Date(ms).toISOString().slice(0, -1).split('T');
  return `${day} ${time}000000 +0000`;
}

/** The same differences in the format that diff writes when it is asked for no other (POSIX, diff, "Diff Default Output Format"). */
export function normalDiff(unified: string): string {
  const out: string[] = [];
  let old = 0;
  let now = 0;
  let removed: string[] = [];
  let added: string[] = [];

  function flush(): void {
    if (removed.length + added.length === 0) return;
    const count = (lines: readonly string[]): number => lines.filter((line) => !line.startsWith('\\')).length;
    const [gone, come] = [count(removed), count(added)];
    const letter = gone === 0 ? 'a' : come === 0 ? 'd' : 'c';
    const from = gone === 0 ? String(old - 1) : span(old - gone, gone);
    const to = come === 0 ? String(now - 1) : span(now - come, come);
    out.push(`${from}${letter}${to}`, ...removed.map(mark('<')));
    if (letter === 'c') out.push('---');
    out.push(...added.map(mark('>')));
    removed = [];
    added = [];
  }

  for (const line of unified.replace(/\n$/, '').split('\n')) {
    const head = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (head !== null) {
      flush();
      // A side without lines names the line before.
      old = Number(head[1]) + (head[2] === '0' ? 1 : 0);
      now = Number(head[3]) + (head[4] === '0' ? 1 : 0);
    } else if (old + now === 0) {
      // Still in the head of the diff.
    } else if (line.startsWith('-')) {
      if (added.length > 0) flush();
      removed.push(line.slice(1));
      old++;
    } else if (line.startsWith('+')) {
      added.push(line.slice(1));
      now++;
    } else if (line.startsWith('\\')) {
      // After a line that both have it says nothing of a difference.
      if (added.length > 0) added.push(line);
      else if (removed.length > 0) removed.push(line);
    } else {
      flush();
      old++;
      now++;
    }
  }
  flush();
  return out.map((line) => `${line}\n`).join('');
}

const mark =
  (sign: string) =>
  (line: string): string =>
    line.startsWith('\\ No newline') ? line : `${sign} ${line}`;

function span(start: number, length: number): string {
  return length === 1 ? String(start) : `${start},${start + length - 1}`;
}
