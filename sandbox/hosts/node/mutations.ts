// Plausible slips in a text, one at a time: what somebody forgets, turns round or mistypes.

/** A text with one slip in it. */
export interface Mutant {
  /** Counted from 1. */
  readonly line: number;
  /** What the slip is: `"> 2" → ">= 2"`, `line left out: for: 1m`. */
  readonly slip: string;
  readonly text: string;
}

interface Slip {
  readonly name: string;
  readonly find: RegExp;
  /** What stands there instead, each a mutant of its own. */
  put(found: string): readonly string[];
}

const turned: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '==': '!=',
  '!=': '==',
  '=~': '!~',
  '!~': '=~',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '&&': '||',
  '||': '&&',
  '-eq': '-ne',
  '-ne': '-eq',
  '-z': '-n',
  '-n': '-z',
  true: 'false',
  false: 'true',
  if: 'if !',
  'if !': 'if',
};

/** A piece of a command or an expression, with what is quoted or in brackets as one. */
const piece = String.raw`(?:'[^'\n]*'|"[^"\n]*"|\([^()\n]*\)|[^|&;"'(){}\n])+`;

const slips: readonly Slip[] = [
  {
    name: 'turned',
    find: /!==?|===?|=~|!~|&&|\|\||(?<=\s)[<>]=?(?=\s)|(?<=\s)-(?:eq|ne|z|n)(?=\s)|\b(?:true|false)\b|\bif !|\bif\b(?! !)(?= [^(])/g,
    put: (found) => [turned[found] ?? found],
  },
  {
    name: 'number',
    find: /(?<![\w.$-])\d+(?:\.\d+)?(?=(?:ms|s|m|h|d)?(?![\w.]))/g,
    put: (found) => {
      const value = Number(found);
      const half = found.includes('.') ? value / 2 : Math.floor(value / 2);
      return value === 0 ? ['1'] : [String(half), String(value * 2)];
    },
  },
  { name: 'matcher left out', find: /(?<=[{,])\s*\w+(?:=~|!~|!=|=)"[^"\n]*",?/g, put: () => [''] },
  { name: 'filter left out', find: new RegExp(String.raw`\s\|\s(?!\|)${piece}`, 'g'), put: () => [''] },
  {
    name: 'filter left out',
    find: /\.(?:filter|sort|slice|trim|toFixed)\((?:[^()\n]|\([^()\n]*\))*\)/g,
    put: () => [''],
  },
  { name: 'part left out', find: new RegExp(String.raw`(?:\s&&|\s\|\||;)\s${piece}`, 'g'), put: () => [''] },
  { name: 'part left out', find: new RegExp(String.raw`(?<=[("'\s])${piece}\s(?:&&|\|\|)\s`, 'g'), put: () => [''] },
  { name: 'option left out', find: /(?<=\s)--?[a-zA-Z][\w-]*(?=[\s=])\s?/g, put: () => [''] },
  { name: 'item left out', find: /(?<=[\s(]\[(?:[^[\]\n]*,)?\s*)[\w.'"-]+(?:,\s*|(?=\]))/g, put: () => [''] },
  { name: 'word', find: /(?<=^\s*(?:- )?[\w.-]+: )[A-Za-z][\w.-]*$/g, put: (found) => [`${found}x`] },
  {
    name: 'string',
    find: /'[^'\n]*'|"[^"\n]*"/g,
    put: (found) => [`${found.slice(0, -1)}x${found.slice(-1)}`],
  },
];

/** Every mutant of a text, in the order of its lines; no two are the same. Comments and empty lines stay as they are. */
export function mutantsOf(path: string, text: string): readonly Mutant[] {
  const lines = text.split('\n');
  const seen = new Set([text]);
  const mutants: Mutant[] = [];
  lines.forEach((line, index) => {
    if (line.trim() === '' || (!path.endsWith('.md') && /^\s*(?:#|\/\/|\/?\*)/.test(line))) return;
    const add = (slip: string, instead: readonly string[]): void => {
      const mutant = [...lines.slice(0, index), ...instead, ...lines.slice(index + 1)].join('\n');
      if (seen.has(mutant)) return;
      seen.add(mutant);
      mutants.push({ line: index + 1, slip, text: mutant });
    };
    add(`line left out: ${line.trim()}`, []);
    for (const { name, find, put } of slips)
      for (const match of line.matchAll(find))
        for (const instead of put(match[0])) {
          const after = line.slice(match.index + match[0].length);
          add(`${name}: ${match[0].trim()} → ${instead.trim() || 'nothing'}`, [
            line.slice(0, match.index) + instead + after,
          ]);
        }
  });
  return mutants;
}
