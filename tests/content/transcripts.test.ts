// The transcripts of every lesson are typed anew into its day's sandbox, and what each move of the worked example leaves behind is
// recorded. `vitest run tests/content -u` writes what was shown into the lesson, and the recording beside it.
import { describe, expect, test } from 'vitest';
import { type Day, findDay, openSandbox, readDay } from '../../sandbox/hosts/node/index.ts';
import type { RecordedMove } from '../../src/lesson/example/recorded.ts';
import { attribute, components, everyNode, type Lesson, lessonNames, lessonsOf } from './lesson.ts';
import { recordMove } from './recording.ts';
import { openTyping } from './typing.ts';

interface Typed {
  /** The lesson with each transcript as the sandbox shows it now: commands as they are, answers as they come. */
  readonly text: string;
  readonly moves: readonly RecordedMove[];
}

async function typedAnew(day: Day, lesson: Lesson): Promise<Typed> {
  const sandbox = await openSandbox({ day, language: lesson.language });
  try {
    const type = await openTyping(sandbox);
    let text = '';
    let rest = lesson.source;
    let before = await sandbox.snapshot();
    const moves: RecordedMove[] = [];
    const examples = components(lesson.root, 'Move').map((move) => ({
      label: attribute(move, 'label') ?? '',
      last: everyNode(move).findLast(({ lang }) => lang === 'console'),
    }));
    for (const block of everyNode(lesson.root).filter(({ lang }) => lang === 'console')) {
      const old = `\`\`\`console\n${block.value ?? ''}\n\`\`\`\n`;
      const start = rest.indexOf(old);
      if (start < 0) throw new Error(`${lesson.file}:${block.position?.start.line}: not a fenced block of its own`);
      let shown = '';
      for (const command of commandsIn(block.value ?? '')) shown += `$ ${command}\n${await type(command)}`;
      text += `${rest.slice(0, start)}\`\`\`console\n${shown}\`\`\`\n`;
      rest = rest.slice(start + old.length);
      const move = examples.find(({ last }) => last === block);
      if (move === undefined) continue;
      const after = await sandbox.snapshot();
      moves.push(recordMove(move.label, before, after));
      before = after;
    }
    return { text: text + rest, moves };
  } finally {
    sandbox.close();
  }
}

const prompt = '$ ';

function commandsIn(transcript: string): readonly string[] {
  return transcript
    .split('\n')
    .filter((line) => line.startsWith(prompt))
    .map((line) => line.slice(prompt.length));
}

describe.each(lessonNames)('%s', (name) => {
  test.each(lessonsOf(name).map((lesson) => [lesson.file, lesson] as const))(
    '%s shows what its sandbox shows and does',
    async (file, lesson) => {
      const folder = findDay(name);
      if (folder === undefined) throw new Error(`exercises/${name} is missing`);
      const { text, moves } = await typedAnew(await readDay(folder), lesson);
      await expect(text).toMatchFileSnapshot(`../../${file}`);
      const recorded = `content/${lesson.language}/recorded/${name}.json`;
      await expect(`${JSON.stringify(moves, null, 1)}\n`).toMatchFileSnapshot(`../../${recorded}`);
    },
    60_000,
  );
});
