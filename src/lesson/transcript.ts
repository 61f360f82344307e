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
        const typed = codeBlock.getLines().filter(({ text }) => text.startsWith(prompt));
        setProperty(copy, 'data-code', typed.map(({ text }) => text.slice(prompt.length)).join('\u007f'));
      },
    },
  });
}
