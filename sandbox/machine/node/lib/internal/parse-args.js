// util.parseArgs. Source of the rules: Node.js 24 documentation, "util.parseArgs([config])", and what node says.
import { nodeError, wrongType } from 'node:internal/errors';
import process from 'node:process';

const invalid = (message) => nodeError(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', message);

export function parseArgs({
  args,
  options = {},
  strict = true,
  allowPositionals = !strict,
  allowNegative = false,
  tokens: wantsTokens = false,
} = {}) {
  const words =
    args ?? process.argv.slice(process.argv.length > 1 && !process.argv[0].endsWith(process.argv[1]) ? 2 : 1);
  for (const [name, { type }] of Object.entries(options))
    if (type !== 'string' && type !== 'boolean') throw wrongType(`options.${name}.type`, "('string'|'boolean')", type);
  const values = Object.create(null);
  const positionals = [];
  const tokens = [];
  const longOf = (letter) => Object.keys(options).find((name) => options[name].short === letter);
  const shown = (name) => `${options[name]?.short === undefined ? '' : `-${options[name].short}, `}--${name}`;

  function keep(name, value, rawName, inline, index) {
    const known = options[name];
    if (strict && known === undefined) {
      const hint = allowPositionals
        ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- ${JSON.stringify(rawName)}`
        : '';
      throw nodeError(TypeError, 'ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${rawName}'${hint}`);
    }
    if (strict && known.type === 'string' && typeof value !== 'string')
      throw invalid(`Option '${shown(name)} <value>' argument missing`);
    if (strict && known.type === 'boolean' && typeof value === 'string')
      throw invalid(`Option '${shown(name)}' does not take an argument`);
    if (strict && known.type === 'string' && !inline && /^-./s.test(value)) {
      const how = rawName.startsWith('--') ? `'${rawName}=-XYZ'` : `'--${name}=-XYZ' or '${rawName}-XYZ'`;
      throw invalid(
        `Option '${rawName}' argument is ambiguous.\nDid you forget to specify the option argument for '${rawName}'?\nTo specify an option argument starting with a dash use ${how}.`,
      );
    }
    const kept = value ?? true;
    tokens.push({
      kind: 'option',
      name,
      rawName,
      index,
      value: typeof value === 'string' ? value : undefined,
      inlineValue: typeof value === 'string' ? inline : undefined,
    });
    if (known?.multiple) values[name] = [...(values[name] ?? []), kept];
    else values[name] = kept;
  }

  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === '--') {
      tokens.push({ kind: 'option-terminator', index: at });
      for (const [offset, value] of words.slice(at + 1).entries())
        tokens.push({ kind: 'positional', index: at + 1 + offset, value });
      positionals.push(...words.slice(at + 1));
      break;
    }
    const [, long, equals, inline] = /^--([^=]+)(=)?([\s\S]*)$/.exec(word) ?? [];
    if (long !== undefined) {
      if (equals === undefined && options[long]?.type === 'string') {
        keep(long, words[at + 1], word, false, at);
        at += 1;
      } else if (allowNegative && equals === undefined && long.startsWith('no-') && options[long] === undefined)
        keep(long.slice(3), false, word, false, at);
      else keep(long, equals === undefined ? undefined : inline, `--${long}`, true, at);
    } else if (/^-[^-]/.test(word)) {
      for (let place = 1; place < word.length; place++) {
        const letter = word[place];
        const name = longOf(letter) ?? letter;
        if (options[name]?.type === 'string') {
          const rest = word.slice(place + 1);
          keep(name, rest === '' ? words[at + 1] : rest, `-${letter}`, rest !== '', at);
          if (rest === '') at += 1;
          break;
        }
        keep(name, undefined, `-${letter}`, undefined, at);
      }
    } else {
      if (!allowPositionals)
        throw nodeError(
          TypeError,
          'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL',
          `Unexpected argument '${word}'. This command does not take positional arguments`,
        );
      tokens.push({ kind: 'positional', index: at, value: word });
      positionals.push(word);
    }
  }
  for (const [name, { default: usual }] of Object.entries(options))
    if (usual !== undefined && !(name in values)) values[name] = usual;
  return { values, positionals, ...(wantsTokens ? { tokens } : {}) };
}
