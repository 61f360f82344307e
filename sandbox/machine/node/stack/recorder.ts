// Keeps what a program does, with the places that V8 and QuickJS tell of it. Both keep places only for some of what is done; of
// the rest they tell the last one before. V8's are those of its interpreter's code, which this follows.
import { type Body, isReserved, type Node, type Tree, wordFrom } from '../syntax/index.ts';

type Kind =
  | 'get'
  | 'set'
  | 'delete'
  | 'call'
  | 'new'
  | 'name'
  | 'store'
  | 'iterate'
  | 'next'
  | 'pattern'
  | 'operator'
  | 'text'
  | 'key'
  | 'extends'
  | 'class'
  | 'throw'
  | 'wait';

export interface Step {
  readonly kind: Kind;
  readonly node: Node;
  /** The name of what is asked for, as far as the text tells. */
  readonly key: string | undefined;
  /** Where V8 says that it is. */
  readonly place: number;
  /** Where QuickJS says so; -1 in the fields of a class. */
  at: number;
  readonly body: Body;
  /** Of a pattern: what it takes apart, as far as V8 tells: an expression, or what it calls that; nothing within another pattern. */
  readonly source: Node | string | undefined;
}

export class Recorder {
  readonly found: Step[] = [];
  protected readonly text: string;
  private readonly marks: readonly number[];
  protected body: Body;
  /** Where QuickJS knows to be. */
  protected at = 0;
  /** Whether it has come to know a place in the function. */
  protected isPlaced = false;
  /** Where V8 knows to be. */
  protected place = 0;
  /** The place that V8 gives to what comes next: that of a statement at once, that of an expression only where it may fail. */
  private next: number | undefined;
  private isStatement = false;
  /** The place of a statement that began with a variable of its own: what follows has it, or puts its own in its stead. */
  protected late: number | undefined;
  protected source: Node | string | undefined;

  constructor(text: string, { marks }: Tree, body: Body) {
    this.text = text;
    this.marks = marks;
    this.body = body;
  }

  /** QuickJS comes to know where it is: at the last name or space before. */
  protected mark(at: number): void {
    let [low, high] = [0, this.marks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.marks[middle] as number) <= at) low = middle;
      else high = middle - 1;
    }
    this.at = Math.max(this.marks[low] as number, this.lineOf(at));
    this.isPlaced = true;
  }

  protected lineOf(at: number): number {
    return this.text.lastIndexOf('\n', at - 1) + 1;
  }

  protected from(at: number): number {
    return wordFrom(this.text, at);
  }

  protected statement(place: number | undefined): void {
    if (place !== undefined) [this.next, this.isStatement] = [place, true];
  }

  protected expression(place: number): void {
    if (this.next === undefined || !this.isStatement) [this.next, this.isStatement] = [place, false];
  }

  /** A variable of the function's own is loaded: nothing is done, but its place is known. */
  protected local(): void {
    if (this.next === undefined || !this.isStatement) return;
    this.late = this.next;
    this.next = undefined;
  }

  protected emit(mayFail = false): void {
    const isTaken = this.next !== undefined && (this.isStatement || mayFail);
    this.place = (isTaken ? this.next : this.late) ?? this.place;
    if (isTaken) this.next = undefined;
    this.late = undefined;
  }

  protected step(kind: Kind, node: Node, place?: number, key?: string): void {
    if (place !== undefined) this.expression(place);
    this.emit(true);
    this.record(kind, node, this.place, key);
  }

  protected record(kind: Kind, node: Node, place: number, key?: string): Step {
    const step = { kind, node, key, place, at: this.at, body: this.body, source: this.source };
    this.found.push(step);
    return step;
  }

  /** Does something without leaving a trace of where that is. */
  protected aside(run: () => void): void {
    const { at, isPlaced, place, next, isStatement, late, source, body } = this;
    run();
    Object.assign(this, { at, isPlaced, place, next, isStatement, late, source, body });
  }

  /** From nothing, as a function begins. */
  protected afresh(place: number): void {
    Object.assign(this, { place, next: undefined, isStatement: false, late: undefined, source: undefined });
  }

  /** Whether something was called in a chain of properties, or may be missing: from there on V8 tells of the dots. */
  private isLater({ type, end, isOptional, object, callee, at }: Node, next: number): boolean {
    if (this.from(end) !== next) return false;
    if (type === 'CallExpression' || isOptional) return true;
    if (type === 'MemberExpression') return this.isLater(object, at);
    return type === 'TaggedTemplateExpression' && this.isLater(callee, at);
  }

  protected memberPlace({ isComputed, isOptional, at, object, property }: Node): number {
    return isComputed || isOptional || this.isLater(object, at) ? at : property.start;
  }

  protected callPlace({ callee, at, isOptional, type }: Node): number {
    const last = callee.type === 'MemberExpression' && !callee.isComputed ? callee.property : callee;
    const isNamed = /^(?:Identifier|Super)$/.test(last.type) && !isReserved(last.name);
    return isNamed && type === 'CallExpression' && !isOptional && this.from(callee.end) === at ? last.start : at;
  }

  /** Where V8 says that an expression is. */
  protected placeOf(node: Node): number | undefined {
    const { type, name, left, at, start, argument } = node;
    switch (type) {
      case 'MemberExpression':
        return this.memberPlace(node);
      case 'CallExpression':
      case 'TaggedTemplateExpression':
        return this.callPlace(node);
      case 'ChainExpression':
        return undefined;
      case 'BinaryExpression':
      case 'LogicalExpression':
        return left.type === type && left.name === name && this.from(left.end) === at ? this.placeOf(left) : at;
      case 'AssignmentExpression':
      case 'ConditionalExpression':
        return at;
      case 'UpdateExpression':
        return at > start || argument === undefined ? at : lastWord(argument);
      default:
        return start;
    }
  }
}

/** Where the last word of what may be assigned begins. */
const lastWord = ({ type, isComputed, property, start, end }: Node): number =>
  type !== 'MemberExpression' ? start : isComputed ? end - 1 : property.start;
