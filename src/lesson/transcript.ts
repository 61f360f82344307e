import { definePlugin, type ExpressiveCodePlugin } from '@astrojs/starlight/expressive-code';
import { addClassName, select, setProperty } from '@astrojs/starlight/expressive-code/hast';

const prompt = '$ ';

/** ```console blocks: lines that begin with `$ ` are what was typed; copying takes only those, without the prompt. */
export function transcripts(): ExpressiveCodePlugin {
  return definePlugin({
    name: 'transcripts',
    hooks: {
      postprocessRenderedLine({ codeBlock, line, renderData }) {
        if (codeBlock.language !== 'console') return;
        addClassName(renderData.lineAst, line.text.startsWith(prompt) ? 'typed' : 'answered');
      },
      postprocessRenderedBlock({ codeBlock, renderData }) {
        if (codeBlock.language !== 'console') return;
        addClassName(renderData.blockAst, 'transcript');
        const copy = select('button[data-code]', renderData.blockAst);
        if (copy === undefined || copy === null) return;
        // The line separator of the copy button's own script.
        setProperty(copy, 'data-code', commandsOf(codeBlock.code).join('\u007f'));
      },
    },
  });
}

/** What was typed in a transcript, one command a line, without the prompt. */
export function commandsOf(transcript: string): readonly string[] {
  return transcript
    .split('\n')
    .filter((line) => line.startsWith(prompt))
    .map((line) => line.slice(prompt.length));
}
