// The words of a JavaScript text, one after the other: what they are depends on what the parser expects, so it asks for each.

/** What a text holds that is no JavaScript, or none that is known here. */
export class Unreadable extends Error {
  /** Where the word stands that cannot. */
  at = 0;
}

const reserved =
  /^(?:break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|new|null|return|switch|this|throw|true|try|typeof|var|void|while|with)$/;
/** Whether a word is of the language and no name; as V8 sees it, it is none that is called either. */
export const isReserved = (name: string): boolean => reserved.test(name);

const space = /(?:\s+|\/\/.*|\/\*[\s\S]*?\*\/|^#!.*)+/y;
const letter = String.raw`[$\u200c\u200d\p{ID_Continue}]|\\u(?:[\da-fA-F]{4}|\{[\da-fA-F]+\})`;
const word = new RegExp(
  [
    String.raw`(#?(?:[$_\p{ID_Start}]|\\u)(?:${letter})*)`,
    String.raw`(0[xXoObB][\da-fA-F_]+n?|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?[\d_]+)?n?)`,
    String.raw`('(?:[^'\\\r\n]|\\(?:\r\n|[\s\S]))*'|"(?:[^"\\\r\n]|\\(?:\r\n|[\s\S]))*")`,
    String.raw`(>>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|\?\.(?!\d)|=>|==|!=|<=|>=|&&|\|\||\?\?|\+\+|--|[-+*\/%&|^]=|<<|>>|\*\*|[-+*\/%&|^<>=!~?:;,.(){}[\]${'`'}])`,
  ].join('|'),
  'uy',
);
const pattern = /\/(?:[^\\/[\r\n]|\\.|\[(?:[^\]\\\r\n]|\\.)*\])+\/[\w$]*/y;
const characters = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y;

const at = (what: RegExp, text: string, from: number): RegExpExecArray | null => {
  what.lastIndex = from;
  return what.exec(text);
};

/** The name, number, text or mark that begins at a place. */
export function wordAt(text: string, from: number): { readonly kind: Kind; readonly word: string } | undefined {
  const found = at(word, text, from);
  const index = found?.findIndex((group, place) => place > 0 && group !== undefined) ?? 0;
  return found === null ? undefined : { kind: kinds[index - 1] as Kind, word: found[0] };
}

/** The regular expression that begins at a place. */
export const patternAt = (text: string, from: number): string | undefined => at(pattern, text, from)?.[0];
/** Where the characters of a template end that begin at a place. */
export const charactersEnd = (text: string, from: number): number =>
  from + (at(characters, text, from)?.[0].length ?? 0);

/** Where the next word begins. */
export function wordFrom(text: string, from: number): number {
  return from + (at(space, text, from)?.[0].length ?? 0);
}

type Kind = 'name' | 'number' | 'string' | 'mark' | 'end';
const kinds: readonly Kind[] = ['name', 'number', 'string', 'mark'];

export class Scanner {
  /** The word that is next, what it is and where it stands. */
  protected word = '';
  protected kind: Kind = 'end';
  protected start = 0;
  protected end = 0;
  /** Whether it begins a line. */
  protected isFirst = false;
  /** Where the word before it ended. */
  protected last = 0;
  /** Where names begin that are not private, and whatever stands behind a space. */
  readonly marks: number[] = [0];

  protected readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  protected refuse(): never {
    throw Object.assign(new Unreadable(), { at: this.start });
  }

  /** Goes on to the next word. */
  protected next(): void {
    this.last = this.end;
    const from = wordFrom(this.text, this.end);
    this.isFirst = /[\n\r\u2028\u2029]/.test(this.text.slice(this.end, from));
    this.start = from;
    const found = wordAt(this.text, from);
    if (found === undefined && from < this.text.length) this.refuse();
    this.kind = found?.kind ?? 'end';
    this.word = found?.word ?? '';
    this.end = from + this.word.length;
    if (from > this.last || (this.kind === 'name' && !this.word.startsWith('#'))) this.mark(from);
  }

  private mark(at: number): void {
    if (at > (this.marks.at(-1) as number)) this.marks.push(at);
  }

  /** The word behind the next, and whether it stands on the same line. */
  protected ahead(): { readonly word: string; readonly kind: Kind; readonly isFirst: boolean } {
    const { word: now, kind, start, end, isFirst, last } = this;
    this.next();
    const found = { word: this.word, kind: this.kind, isFirst: this.isFirst };
    Object.assign(this, { word: now, kind, start, end, isFirst, last });
    return found;
  }

  /** Takes the slash that is next for the beginning of a regular expression. */
  protected toPattern(): void {
    const found = patternAt(this.text, this.start);
    if (found === undefined) this.refuse();
    this.end = this.start + found.length;
  }

  /** Takes what is next for the characters of a template, from behind the `` ` `` or `}`. */
  protected toCharacters(): void {
    this.start = this.end;
    this.last = this.end = charactersEnd(this.text, this.end);
    const line = this.text.lastIndexOf('\n', this.end - 1) + 1;
    if (line > this.start) this.mark(line);
    if (this.end >= this.text.length) this.refuse();
  }

  protected is(mark: string): boolean {
    return this.word === mark && (this.kind === 'mark' || this.kind === 'name');
  }

  /** Goes past a word if it is next. */
  protected eat(mark: string): boolean {
    const found = this.is(mark);
    if (found) this.next();
    return found;
  }

  /** @returns where the word stood */
  protected expect(mark: string): number {
    const { start } = this;
    if (!this.eat(mark)) this.refuse();
    return start;
  }
}
