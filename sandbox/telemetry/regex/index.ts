// Regular expressions as Prometheus and Loki have them (RE2), in time that grows linearly with the text: a pattern of a
// learner's cannot hang the sandbox, as it can with the language's own RegExp. A Pike machine walks all alternatives at once.
import { type Assertion, type Node, parseRegex, type Ranges, RegexError } from './parse.ts';

export { RegexError };

type Step =
  | { readonly op: 'set'; readonly ranges: Ranges; readonly negated: boolean; readonly fold: boolean }
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'assert'; readonly what: Assertion }
  | { readonly op: 'match' };

export interface Regex {
  readonly source: string;
  readonly names: readonly (string | undefined)[];
  readonly steps: readonly Step[];
}

const MAX_STEPS = 20_000;

/**
 * Reads an expression.
 * @param dotAll whether `.` takes a line's end too, as in Prometheus' matchers
 * @throws RegexError in the words of Go's regexp package
 */
export function compileRegex(source: string, { dotAll = true }: { readonly dotAll?: boolean } = {}): Regex {
  const { root, names } = parseRegex(source, { dotAll });
  const steps: Step[] = [];
  const add = (step: Step): number => {
    if (steps.length >= MAX_STEPS) throw new RegexError(`error parsing regexp: expression too large: \`${source}\``);
    return steps.push(step) - 1;
  };
  const write = (node: Node): void => {
    switch (node.kind) {
      case 'empty':
        return;
      case 'set':
        add({ op: 'set', ranges: node.ranges, negated: node.negated, fold: node.fold });
        return;
      case 'assert':
        add({ op: 'assert', what: node.what });
        return;
      case 'sequence':
        node.of.forEach(write);
        return;
      case 'group':
        add({ op: 'save', slot: node.index * 2 });
        write(node.of);
        add({ op: 'save', slot: node.index * 2 + 1 });
        return;
      case 'either': {
        const ends: number[] = [];
        node.of.forEach((option, i) => {
          if (i === node.of.length - 1) {
            write(option);
            return;
          }
          const split = add({ op: 'jump', to: 0 });
          write(option);
          ends.push(add({ op: 'jump', to: 0 }));
          steps[split] = { op: 'split', first: split + 1, second: steps.length };
        });
        for (const end of ends) steps[end] = { op: 'jump', to: steps.length };
        return;
      }
      case 'repeat': {
        for (let i = 0; i < node.min; i++) write(node.of);
        const split = (at: number, inside: number, after: number): void => {
          steps[at] = node.greedy
            ? { op: 'split', first: inside, second: after }
            : { op: 'split', first: after, second: inside };
        };
        if (node.max === Number.POSITIVE_INFINITY) {
          const at = add({ op: 'jump', to: 0 });
          write(node.of);
          add({ op: 'jump', to: at });
          split(at, at + 1, steps.length);
          return;
        }
        const optional: number[] = [];
        for (let i = node.min; i < node.max; i++) {
          optional.push(add({ op: 'jump', to: 0 }));
          write(node.of);
        }
        for (const at of optional) split(at, at + 1, steps.length);
      }
    }
  };
  write(root);
  add({ op: 'match' });
  return { source, names, steps };
}

const isWord = (code: number | undefined): boolean =>
  code !== undefined && /[0-9A-Za-z_]/.test(String.fromCodePoint(code));

function inRanges(ranges: Ranges, code: number): boolean {
  for (const [from, to] of ranges) if (code >= from && code <= to) return true;
  return false;
}

function takes(step: Extract<Step, { op: 'set' }>, code: number): boolean {
  let found = inRanges(step.ranges, code);
  if (!found && step.fold) {
    const char = String.fromCodePoint(code);
    for (const other of [char.toLowerCase(), char.toUpperCase()]) {
      found ||= [...other].length === 1 && inRanges(step.ranges, other.codePointAt(0) as number);
    }
  }
  return found !== step.negated;
}

function holds(what: Assertion, before: number | undefined, after: number | undefined): boolean {
  if (what === 'text-start') return before === undefined;
  if (what === 'text-end') return after === undefined;
  if (what === 'line-start') return before === undefined || before === 10;
  if (what === 'line-end') return after === undefined || after === 10;
  return (isWord(before) !== isWord(after)) === (what === 'boundary');
}

interface Thread {
  readonly step: number;
  readonly saved: readonly number[];
}

/**
 * Where an expression first matches: start and end of the whole and of each group as indices into the text, -1 where a group
 * took no part. With `whole` it has to match the text from its start to its end.
 */
export function findMatch(regex: Regex, text: string, { whole = true, from = 0 } = {}): readonly number[] | undefined {
  const { steps } = regex;
  let threads: Thread[] = [];
  let found: readonly number[] | undefined;
  const seen = new Int32Array(steps.length).fill(-1);
  for (let at = from, before = from > 0 ? codeBefore(text, from) : undefined; ; ) {
    const after = text.codePointAt(at);
    const next: Thread[] = [];
    const follow = (start: Thread): void => {
      const stack = [start];
      for (let thread = stack.pop(); thread !== undefined; thread = stack.pop()) {
        if (seen[thread.step] === at) continue;
        seen[thread.step] = at;
        const step = steps[thread.step] as Step;
        if (step.op === 'jump') stack.push({ step: step.to, saved: thread.saved });
        else if (step.op === 'split') {
          stack.push({ step: step.second, saved: thread.saved }, { step: step.first, saved: thread.saved });
        } else if (step.op === 'save') {
          const saved = [...thread.saved];
          saved[step.slot] = at;
          stack.push({ step: thread.step + 1, saved });
        } else if (step.op === 'assert') {
          if (holds(step.what, before, after)) stack.push({ step: thread.step + 1, saved: thread.saved });
        } else next.push(thread);
      }
    };
    for (const thread of threads) follow({ step: thread.step + 1, saved: thread.saved });
    if (found === undefined && (!whole || at === 0)) {
      const saved = new Array<number>(regex.names.length * 2).fill(-1);
      saved[0] = at;
      follow({ step: 0, saved });
    }
    threads = [];
    for (const thread of next) {
      const step = steps[thread.step] as Step;
      if (step.op === 'set') {
        if (after !== undefined && takes(step, after)) threads.push(thread);
      } else if (!whole || after === undefined) {
        const end = [...thread.saved];
        end[1] = at;
        found = end;
        break;
      }
    }
    if (after === undefined || (threads.length === 0 && (whole || found !== undefined))) return found;
    before = after;
    at += after > 0xffff ? 2 : 1;
  }
}

function codeBefore(text: string, at: number): number | undefined {
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff && at > 1 ? text.codePointAt(at - 2) : low;
}

/** Fills `$1`, `${name}` and `$$` of a template with what the groups took, as Go's Regexp.Expand. */
export function expandTemplate(regex: Regex, template: string, text: string, match: readonly number[]): string {
  return template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (written, braced?: string, bare?: string) => {
    const name = braced ?? bare;
    if (name === undefined) return '$';
    const index = /^\d+$/.test(name) ? Number(name) : regex.names.indexOf(name);
    const [from, to] = [match[index * 2] ?? -1, match[index * 2 + 1] ?? -1];
    return written !== '' && from >= 0 && to >= 0 ? text.slice(from, to) : '';
  });
}
