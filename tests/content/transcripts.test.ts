// The transcripts of every lesson are typed anew into its day's sandbox. `vitest run tests/content -u` writes what was shown into the lesson.
import { describe, expect, test } from 'vitest';
import { type Day, findDay, openSandbox, readDay } from '../../sandbox/hosts/node/index.ts';
import { everyNode, type Lesson, lessonNames, lessonsOf } from './lesson.ts';
import { openTyping } from './typing.ts';

/** The lesson with each transcript as the sandbox shows it now: commands as they are, answers as they come. */
async function typedAnew(day: Day, lesson: Lesson): Promise<string> {
  const sandbox = await openSandbox({ day, language: lesson.language });
  try {
    const type = await openTyping(sandbox);
    let text = '';
    let rest = lesson.source;
    for (const block of everyNode(lesson.root).filter(({ lang }) => lang === 'console')) {
      const old = `\`\`\`console\n${block.value ?? ''}\n\`\`\`\n`;
      const start = rest.indexOf(old);
      if (start < 0) throw new Error(`${lesson.file}:${block.position?.start.line}: not a fenced block of its own`);
      let shown = '';
      for (const command of commandsIn(block.value ?? '')) shown += `$ ${command}\n${await type(command)}`;
      text += `${rest.slice(0, start)}\`\`\`console\n${shown}\`\`\`\n`;
      rest = rest.slice(start + old.length);
    }
    return text + rest;
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
    '%s shows what its sandbox shows',
    async (file, lesson) => {
      const folder = findDay(name);
      if (folder === undefined) throw new Error(`exercises/${name} is missing`);
      const shown = await typedAnew(await readDay(folder), lesson);
      await expect(shown).toMatchFileSnapshot(`../../${file}`);
    },
    60_000,
  );
});
