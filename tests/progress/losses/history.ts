// Random histories of a learner's work on the progress store, and what must be left of it at their end.
//
// An acknowledgement is what the page shows as "saved". It is one of these:
// - `status()` says `storage: 'disk'` and `saving: 'idle'`: every record that this tab was given before is saved; and, where it says
//   `role: 'writer'` too, the last draft that it was given of each day;
// - `import()` answers `ok: true`: everything in that file is saved;
// - a tab is left in order (`pagehide`, as a click on a link or the language switch does) while `localStorage` works.
//
// What was acknowledged is missing when, after the last fault is over, a fresh page neither shows it nor offers it with what was set
// aside. A draft counts as shown when a later draft stands there that was made from it: by the same tab, or by one that had loaded it.
import fc from 'fast-check';
import type { ProgressEvent, ProgressStatus } from '../../../src/progress/index.ts';

/** `next`: the course after an update whose store has a version more. */
export type Course = 'this' | 'next';

/** What storage can be made to do. `full`: writes throw; `aborts`: they end as a transaction that found no room; `local`: `localStorage` is full. */
export const faults = ['refused', 'gone', 'full', 'aborts', 'local'] as const;
export type Fault = (typeof faults)[number];

/** A page with the store. Marks (`m00017`) name a record or a draft wherever it comes to lie. */
export interface Tab {
  record(events: readonly ProgressEvent[]): void;
  keep(day: string, mark: string): void;
  /** The mark in the day's saved draft. */
  draft(day: string): Promise<string | undefined>;
  status(): Promise<ProgressStatus>;
  flush(): void;
  takeOver(): void;
  /** @returns whether all of it was taken in. */
  import(text: string): Promise<boolean>;
  /** Marks in all records. */
  records(): Promise<string>;
  export(): Promise<string>;
  exportSetAside(): Promise<string>;
  /** Another tab comes to the front. */
  hide(): Promise<void>;
  /** The page is left in order and ends `turns` later. */
  leave(turns: number): Promise<void>;
  /** The process of the page dies. */
  kill(): Promise<void>;
}

/** A browser with one storage. */
export interface Device {
  open(course: Course): Promise<Tab>;
  fault(fault: Fault | undefined): Promise<void>;
  /** Damages what is stored; what was in it can still be told from what is left. */
  corrupt(what: Damage, which: number): Promise<void>;
  /** Moves the clock of the device, and nothing else: ms. */
  clock(by: number): Promise<void>;
  /** Time passes, with what waits for it: ms. */
  wait(ms: number): Promise<void>;
  turns(count: number): Promise<void>;
  /** Until nothing is under way. */
  settle(): Promise<void>;
}

export const damages = ['record', 'now', 'before', 'sum', 'parting', 'strange'] as const;
export type Damage = (typeof damages)[number];

const tab = fc.nat(2);
const day = fc.constantFrom('d01', 'd02');

export const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('open' as const), tab }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('edit' as const), tab, day }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('check' as const), tab, day }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), tab, day }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reset' as const), tab, day }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('review' as const), tab, day }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('load' as const), tab, day }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('flush' as const), tab }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('take over' as const), tab }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('hide' as const), tab }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('leave' as const), tab, turns: fc.nat(6) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('switch language' as const), tab, turns: fc.nat(6) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('kill' as const), tab }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('fault' as const), fault: fc.constantFrom(...faults) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('heal' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('corrupt' as const), what: fc.constantFrom(...damages), which: fc.nat(20) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('update the course' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('move the clock' as const), by: fc.integer({ min: -9e6, max: 9e6 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('import' as const), tab, file: fc.nat(3) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 100, 499, 600, 600) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('turns' as const), count: fc.nat(12) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
);
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What opens a page where there is none. */
const working: ReadonlySet<Step['do']> = new Set(['edit', 'check', 'pass', 'reset', 'review', 'import']);

/** A file from another device, with the marks in it. */
export interface Foreign {
  readonly text: string;
  readonly records: readonly string[];
  readonly drafts: readonly string[];
}

export interface Outcome {
  /** What was acknowledged and is missing: empty when all is well. */
  readonly missing: readonly string[];
  readonly acknowledged: number;
  /** Marks that could be downloaded only as set aside. */
  readonly aside: number;
}

/** A tab as the history knows it. */
interface Known {
  readonly tab: Tab;
  readonly name: string;
  readonly records: string[];
  /** Day → mark of the draft that its desk now stands for, and whether this tab was told to keep it. */
  readonly drafts: Map<string, { mark: string; kept: boolean }>;
}

/** Lives a history, ends every fault, and looks what is left. */
export async function live(device: Device, steps: readonly Step[], foreign: readonly Foreign[]): Promise<Outcome> {
  const tabs = new Map<number, Known>();
  const parents = new Map<string, string>();
  const acknowledged = { records: new Map<string, string>(), drafts: new Map<string, string>() };
  const setAside = new Set<string>();
  let course: Course = 'this';
  let fault: Fault | undefined;
  let count = 0;
  let pages = 0;
  const mark = (): string => {
    count += 1;
    return `m${String(count).padStart(5, '0')}`;
  };

  const acknowledge = ({ name, records, drafts }: Known, why: string, withDrafts: boolean): void => {
    for (const one of records) if (!acknowledged.records.has(one)) acknowledged.records.set(one, `${name}: ${why}`);
    if (!withDrafts) return;
    for (const { mark: one, kept } of drafts.values())
      if (kept && !acknowledged.drafts.has(one)) acknowledged.drafts.set(one, `${name}: ${why}`);
  };

  /** Takes down what each page says of itself. */
  async function look(): Promise<void> {
    for (const known of tabs.values()) {
      const { storage, saving, role } = await known.tab.status();
      if (storage === 'disk' && saving === 'idle') acknowledge(known, 'idle', role === 'writer');
    }
  }

  async function load({ tab: one, drafts }: Known, id: string): Promise<void> {
    const found = await one.draft(id);
    if (found === undefined) drafts.delete(id);
    else drafts.set(id, { mark: found, kept: false });
  }

  function edit({ tab: one, drafts }: Known, id: string): void {
    const made = mark();
    const before = drafts.get(id);
    if (before !== undefined) parents.set(made, before.mark);
    drafts.set(id, { mark: made, kept: true });
    one.keep(id, made);
  }

  function record({ tab: one, records }: Known, ...events: readonly ((id: string) => ProgressEvent)[]): void {
    const marks = events.map(mark);
    records.push(...marks);
    one.record(events.map((event, at) => event(marks[at] as string)));
  }

  async function open(slot: number): Promise<void> {
    pages += 1;
    const known: Known = {
      tab: await device.open(course),
      name: `page ${pages}`,
      records: [],
      drafts: new Map(),
    };
    tabs.set(slot, known);
    await load(known, 'd01');
  }

  async function leave(slot: number, turns: number): Promise<void> {
    const known = tabs.get(slot);
    if (known === undefined) return;
    if (fault !== 'local') acknowledge(known, 'left in order', true);
    tabs.delete(slot);
    await known.tab.leave(turns);
  }

  async function act(one: Step, known: Known | undefined): Promise<void> {
    switch (one.do) {
      case 'open':
        return known === undefined ? open(one.tab) : undefined;
      case 'edit':
        return known && edit(known, one.day);
      case 'check':
        return known && record(known, (id) => ({ type: 'CheckPassed', day: one.day, check: id }));
      case 'pass': {
        if (known === undefined) return;
        const work = (id: string): string =>
          JSON.stringify({ now: 1, files: { a: id }, gone: [], left: [], passed: [] });
        record(
          known,
          (id) => ({ type: 'CheckPassed', day: one.day, check: id }),
          (id) => ({ type: 'StepPassed', day: one.day, step: id }),
          (id) => ({ type: 'WorkKept', day: one.day, step: 's', work: work(id) }),
        );
        return edit(known, one.day);
      }
      case 'reset':
        if (known === undefined) return;
        record(known, (id) => ({ type: 'WorkReset', day: one.day, what: id as 'day' }));
        return edit(known, one.day);
      case 'review':
        return (
          known &&
          record(known, (id) => ({ type: 'ItemReviewed', day: one.day, item: 'i', seed: id, rating: (count % 4) + 1 }))
        );
      case 'load':
        return known && load(known, one.day);
      case 'flush':
        return known?.tab.flush();
      case 'take over':
        return known?.tab.takeOver();
      case 'hide':
        return known?.tab.hide();
      case 'leave':
        return leave(one.tab, one.turns);
      case 'switch language':
        await leave(one.tab, one.turns);
        return open(one.tab);
      case 'kill':
        tabs.delete(one.tab);
        return known?.tab.kill();
      case 'fault':
        fault = one.fault;
        return device.fault(fault);
      case 'heal':
        fault = undefined;
        return device.fault(undefined);
      case 'corrupt':
        return device.corrupt(one.what, one.which);
      case 'update the course':
        course = 'next';
        return;
      case 'move the clock':
        return device.clock(one.by);
      case 'import': {
        const file = foreign[one.file % foreign.length];
        if (known === undefined || file === undefined) return;
        if (!(await known.tab.import(file.text))) return;
        for (const id of file.records) acknowledged.records.set(id, `${known.name}: imported`);
        for (const id of file.drafts) acknowledged.drafts.set(id, `${known.name}: imported`);
        return;
      }
      case 'wait':
        return device.wait(one.ms);
      case 'turns':
        return device.turns(one.count);
      case 'settle':
        return device.settle();
    }
  }

  /** What is set aside by now must be there for good. */
  async function lookAside(known: Known | undefined): Promise<void> {
    if (known === undefined || fault !== undefined) return;
    for (const id of marksIn(await known.tab.exportSetAside())) setAside.add(id);
  }

  for (const one of steps) {
    if ('tab' in one && working.has(one.do) && !tabs.has(one.tab)) await open(one.tab);
    await act(one, 'tab' in one ? tabs.get(one.tab) : undefined);
    await look();
    if (one.do === 'settle') await lookAside([...tabs.values()][0]);
  }

  await device.fault(undefined);
  await device.settle();
  await look();
  for (const slot of [...tabs.keys()]) {
    await tabs.get(slot)?.tab.kill();
    tabs.delete(slot);
  }
  const last = await device.open(course);
  await device.settle();
  const now = marksIn((await last.records()) + (await last.draft('d01')) + (await last.draft('d02')));
  const aside = marksIn(await last.exportSetAside());
  const exported = marksIn(await last.export());

  const reached = new Set<string>();
  for (const id of [...now, ...aside])
    for (let at: string | undefined = id; at !== undefined && !reached.has(at); at = parents.get(at)) reached.add(at);
  const missing = [
    ...[...acknowledged.records, ...acknowledged.drafts]
      .filter(([id]) => !reached.has(id))
      .map(([id, why]) => `${id} (${why})`),
    ...[...setAside].filter((id) => !aside.has(id)).map((id) => `${id} (set aside)`),
    ...[...now].filter((id) => !exported.has(id)).map((id) => `${id} (not in the export)`),
  ];
  return {
    missing,
    acknowledged: acknowledged.records.size + acknowledged.drafts.size,
    aside: [...aside].filter((id) => !now.has(id)).length,
  };
}

/** Marks in a text, also those in bytes that are written as base64. */
function marksIn(text: string): Set<string> {
  const found = new Set(text.match(/m\d{5}/g) ?? []);
  for (const [, packed = ''] of text.matchAll(/base64:([\w+/=]+)/g))
    for (const id of atob(packed).match(/m\d{5}/g) ?? []) found.add(id);
  return found;
}
