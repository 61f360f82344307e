import { resolvePath } from '../../../machine/index.ts';
import { GitStop, lastValue, type OptionTable, readOptions, UsageStop } from '../options.ts';
import { cutTrailers, joined, readTrailer, trailerLine, trailerRules, withTrailer } from '../trailers.ts';
import type { Work } from '../work.ts';

const options: OptionTable = {
  '--in-place': { as: 'in-place' },
  '--trim-empty': { as: 'trim-empty' },
  '--where': { as: 'where', value: true },
  '--if-exists': { as: 'ifexists', value: true },
  '--if-missing': { as: 'ifmissing', value: true },
  '--only-trailers': { as: 'only-trailers' },
  '--only-input': { as: 'only-input' },
  '--unfold': { as: 'unfold' },
  '--parse': { as: 'parse' },
  '--no-divider': { as: 'no-divider' },
  '--trailer': { as: 'trailer', value: true },
};

/** `git interpret-trailers`: adds trailers to messages, or tells those that they have. */
export async function interpretTrailers(work: Work, args: readonly string[]): Promise<number> {
  const { io } = work;
  const parsed = readOptions('interpret-trailers', args, options);
  const { flags } = parsed;
  const names = [...parsed.words, ...(parsed.paths ?? [])];
  const [isParsing, words] = [flags.has('parse'), parsed.values.get('trailer') ?? []];
  if ((isParsing || flags.has('only-input')) && words.length > 0)
    throw new UsageStop('interpret-trailers', {
      message: 'fatal: --trailer with --only-input does not make sense\n\n',
    });
  if (flags.has('in-place') && names.length === 0) throw new GitStop('fatal: no input file given for in-place editing');
  const rules = isParsing || flags.has('only-input') ? [] : trailerRules(work);
  const said = Object.fromEntries(
    ['where', 'ifexists', 'ifmissing'].flatMap((name) => {
      const value = lastValue(parsed, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  for (const name of names.length === 0 ? [undefined] : names) {
    const path = name === undefined ? undefined : resolvePath(io.cwd, name);
    if (path !== undefined && !io.machine.files.exists(path))
      throw new GitStop(`fatal: could not read input file '${name}': No such file or directory`);
    const text = path === undefined ? new TextDecoder().decode(io.stdin) : io.machine.files.readText(path);
    const cut = cutTrailers(text, rules, !flags.has('no-divider'));
    let trailers = cut.trailers;
    for (const word of words) {
      const read = readTrailer(word, rules, said);
      if (read === undefined) io.stderr(`error: empty trailer token in trailer '${word}'\n`);
      else trailers = withTrailer(trailers, read.trailer, read.rule);
    }
    if (flags.has('trim-empty')) trailers = trailers.filter(({ value }) => value !== '');
    if (isParsing || flags.has('unfold'))
      trailers = trailers.map(({ key, value }) => ({ key, value: value.replaceAll(/\s*\n\s*/g, ' ') }));
    const isAlone = isParsing || flags.has('only-trailers');
    const shown = isAlone
      ? trailers
          .filter(({ key }) => key !== '')
          .map(trailerLine)
          .join('')
      : joined(cut, trailers);
    if (path !== undefined && flags.has('in-place')) io.machine.files.writeFile(path, new TextEncoder().encode(shown));
    else io.stdout(shown);
  }
  return 0;
}
