import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { parseTime } from '../time/calendar.ts';
import { parseDuration } from '../time/duration.ts';

/** Who is on call when, and whom a page goes to if nobody answers. Roles of the company, never persons. Times in ms. */
export interface OnCallSchedule {
  readonly rotations: readonly Rotation[];
  readonly overrides: readonly Override[];
  readonly escalation: readonly EscalationStep[];
  /** How often the whole escalation begins again when nobody has answered. */
  readonly repeat: number;
}

/** Roles that take turns, each for `length`, the first one from `start` on. */
export interface Rotation {
  readonly name: string;
  readonly start: number;
  readonly length: number;
  readonly roles: readonly string[];
}

/** Somebody else takes a rotation's pages from `from` to `to`. */
export interface Override {
  readonly rotation: string;
  readonly from: number;
  readonly to: number;
  readonly role: string;
}

/** Whom to page, and how long to wait for an answer before the next step. */
export interface EscalationStep {
  readonly notify: readonly string[];
  readonly wait: number;
}

/** What is wrong with a schedule file; every text in both languages of the course. */
export interface ScheduleProblem {
  readonly line: number;
  readonly es: string;
  readonly en: string;
}

export type ScheduleAnswer =
  | { readonly ok: true; readonly schedule: OnCallSchedule }
  | { readonly ok: false; readonly problem: ScheduleProblem };

class Wrong extends Error {
  readonly problem: ScheduleProblem;
  constructor(problem: ScheduleProblem) {
    super(problem.en);
    this.problem = problem;
  }
}

/** Reads `oncall.yaml`: `rotations`, `escalation`, and optionally `overrides` and `repeat`. */
export function readSchedule(text: string): ScheduleAnswer {
  try {
    return { ok: true, schedule: read(text) };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return { ok: false, problem: error.problem };
  }
}

interface Field {
  readonly node: Node | null;
  readonly line: number;
  readonly name: string;
}

function read(text: string): OnCallSchedule {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [syntax] = document.errors;
  const lineOf = (node: Node | null): number => lines.linePos(node?.range?.[0] ?? 0).line;
  // Where the stack ends differs between engines.
  if (syntax !== undefined && /call stack/i.test(syntax.message))
    throw new Wrong({ line: 1, es: 'está anidado a demasiada profundidad', en: 'it is nested too deep' });
  if (syntax !== undefined) {
    const what = syntax.message.split('\n')[0] ?? '';
    throw new Wrong({
      line: lines.linePos(syntax.pos[0]).line,
      es: `no es YAML: ${what}`,
      en: `it is not YAML: ${what}`,
    });
  }

  function fields(node: Node | null, known: readonly string[], name: string): ReadonlyMap<string, Field> {
    if (!isMap(node))
      throw new Wrong(
        expected(lineOf(node), name, `un mapa con ${known.join(', ')}`, `a map with ${known.join(', ')}`),
      );
    const found = new Map<string, Field>();
    for (const { key, value } of node.items) {
      const field = isScalar(key) ? String(key.value) : '';
      const line = lineOf(key as Node);
      if (!known.includes(field))
        throw new Wrong({
          line,
          es: `«${field}» no existe en ${name}; hay: ${known.join(', ')}`,
          en: `there is no "${field}" in ${name}; there are: ${known.join(', ')}`,
        });
      found.set(field, { node: value as Node | null, line, name: field });
    }
    return found;
  }

  const at = (record: ReadonlyMap<string, Field>, name: string, line: number): Field =>
    record.get(name) ?? { node: null, line, name };

  function items({ node, line, name }: Field, isOptional = false): readonly Node[] {
    if (isSeq(node) && (node.items.length > 0 || isOptional)) return node.items as Node[];
    if (isOptional && node === null) return [];
    throw new Wrong(expected(line, name, 'una lista con al menos un elemento', 'a list with at least one item'));
  }

  function word({ node, line, name }: Field): string {
    if (isScalar(node) && node.value !== null && String(node.value) !== '') return String(node.value);
    throw new Wrong(expected(line, name, 'un texto', 'a text'));
  }

  function words(field: Field): readonly string[] {
    return items(field).map((node) => word({ node, line: lineOf(node), name: field.name }));
  }

  function time(field: Field): number {
    const written = isScalar(field.node) ? (field.node.source ?? String(field.node.value)) : '';
    const ms = parseTime(written);
    if (ms === undefined)
      throw new Wrong(
        expected(
          field.line,
          field.name,
          'una hora como 2026-03-02T09:00:00Z',
          'a time like 2026-03-02T09:00:00Z',
          written,
        ),
      );
    return ms;
  }

  function duration(field: Field, least: number, leastText: string): number {
    const written = isScalar(field.node) ? String(field.node.value) : '';
    const ms = parseDuration(written);
    if (ms === undefined || ms < least)
      throw new Wrong(
        expected(
          field.line,
          field.name,
          `una duración de al menos ${leastText}, como 15m o 7d`,
          `a duration of at least ${leastText}, like 15m or 7d`,
          written,
        ),
      );
    return ms;
  }

  const root = fields(document.contents, ['rotations', 'escalation', 'overrides', 'repeat'], 'oncall.yaml');
  const rotations = items(at(root, 'rotations', 1)).map((node): Rotation => {
    const one = fields(node, ['name', 'start', 'length', 'roles'], 'rotations');
    const line = lineOf(node);
    return {
      name: word(at(one, 'name', line)),
      start: time(at(one, 'start', line)),
      length: duration(at(one, 'length', line), 3_600_000, '1h'),
      roles: words(at(one, 'roles', line)),
    };
  });
  const names = rotations.map(({ name }) => name);
  function known(name: string, line: number): string {
    if (names.includes(name)) return name;
    throw new Wrong({
      line,
      es: `no hay ninguna rotación «${name}»; hay: ${names.join(', ')}`,
      en: `there is no rotation "${name}"; there are: ${names.join(', ')}`,
    });
  }
  const escalation = items(at(root, 'escalation', 1)).map((node): EscalationStep => {
    const one = fields(node, ['notify', 'wait'], 'escalation');
    const notify = at(one, 'notify', lineOf(node));
    return {
      notify: words(notify).map((name) => known(name, notify.line)),
      wait: duration(at(one, 'wait', lineOf(node)), 60_000, '1m'),
    };
  });
  const overrides = items(at(root, 'overrides', 1), true).map((node): Override => {
    const one = fields(node, ['rotation', 'from', 'to', 'role'], 'overrides');
    const line = lineOf(node);
    const override = {
      rotation: known(word(at(one, 'rotation', line)), line),
      from: time(at(one, 'from', line)),
      to: time(at(one, 'to', line)),
      role: word(at(one, 'role', line)),
    };
    if (override.from >= override.to)
      throw new Wrong(expected(line, 'to', 'una hora posterior a «from»', 'a time after "from"'));
    return override;
  });
  const repeat = root.has('repeat') ? Number(word(at(root, 'repeat', 1))) : 0;
  if (!Number.isInteger(repeat) || repeat < 0 || repeat > 10)
    throw new Wrong(expected(at(root, 'repeat', 1).line, 'repeat', 'un número de 0 a 10', 'a number from 0 to 10'));
  return { rotations, overrides, escalation, repeat };
}

function expected(line: number, name: string, es: string, en: string, found = ''): ScheduleProblem {
  return {
    line,
    es: `«${name}» debe ser ${es}${found === '' ? '' : `; dice «${found}»`}`,
    en: `"${name}" has to be ${en}${found === '' ? '' : `; it says "${found}"`}`,
  };
}
