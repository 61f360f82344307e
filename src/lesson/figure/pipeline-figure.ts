import { type Drawing, line, type Shape, type Tip, type Tone, wrap } from './drawing.ts';

export interface PipelineJob {
  readonly name: string;
  /** Names of the jobs and gates before it. */
  readonly needs?: readonly string[];
  /** Nothing passes it unless what it asks for is true: drawn with pointed ends. */
  readonly gate?: boolean;
  readonly state?: 'passed' | 'failed' | 'skipped' | 'waiting';
}

const tones: Readonly<Record<NonNullable<PipelineJob['state']>, Tone>> = {
  passed: 'good',
  failed: 'bad',
  skipped: 'dim',
  waiting: 'plain',
};

/** What stands before a name, so that colour is never alone. */
const signs: Readonly<Record<NonNullable<PipelineJob['state']>, string>> = {
  passed: '✓ ',
  failed: '✗ ',
  skipped: '– ',
  waiting: '… ',
};

const GAP = 34;
const BESIDE = 12;
const PAD = 14;
const NARROWEST = 96;

/**
 * Jobs by what they need: from left to right where every step of the way finds room, else from top to bottom.
 * @throws when a job needs one that is not there, or itself by a circle.
 */
export function pipelineFigure(jobs: readonly PipelineJob[], width: number): Drawing {
  const levels = levelsOf(jobs);
  const column = (width - GAP * (levels.length - 1)) / levels.length;
  const across = column >= NARROWEST;
  const places = across ? acrossPlaces(levels, column) : downPlaces(levels, width);
  const boxes = jobs.map((job): Shape & { kind: 'box' } => {
    const place = places.get(job.name);
    if (place === undefined) throw new Error(`pipeline: two jobs are called "${job.name}"`);
    const { state, name, gate } = job;
    const lines = wrap(`${state ? signs[state] : ''}${name}`, place.width - 2 * PAD);
    return {
      kind: 'box',
      ...place,
      tone: state ? tones[state] : 'now',
      form: gate ? 'gate' : 'box',
      dashed: state === 'skipped' || state === 'waiting',
      lines,
    };
  });
  const arrows = jobs.flatMap(({ name, needs = [], state }) =>
    needs.map((need): Shape => {
      const [from, to] = [places.get(need), places.get(name)];
      if (!from || !to) throw new Error(`pipeline: "${name}" needs "${need}", which is not there`);
      const idle = state === 'skipped' || state === 'waiting';
      return {
        kind: 'line',
        ...(across ? level(from, to) : fall(from, to)),
        tone: idle ? 'dim' : 'plain',
        dashed: idle,
      };
    }),
  );
  return { width, height: Math.max(...boxes.map(({ y, height }) => y + height)) + 2, shapes: [...arrows, ...boxes] };
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function levelsOf(jobs: readonly PipelineJob[]): readonly (readonly PipelineJob[])[] {
  const depths = new Map<string, number>();
  const depthOf = (job: PipelineJob, way: readonly string[]): number => {
    if (way.includes(job.name)) throw new Error(`pipeline: "${job.name}" needs itself`);
    const known = depths.get(job.name);
    if (known !== undefined) return known;
    const before = jobs.filter(({ name }) => job.needs?.includes(name));
    const depth = 1 + Math.max(-1, ...before.map((one) => depthOf(one, [...way, job.name])));
    depths.set(job.name, depth);
    return depth;
  };
  const levels: PipelineJob[][] = [];
  for (const job of jobs) {
    const depth = depthOf(job, []);
    levels[depth] = [...(levels[depth] ?? []), job];
  }
  return levels;
}

function heightOf({ name, state }: PipelineJob, width: number): number {
  return wrap(`${state ? signs[state] : ''}${name}`, width - 2 * PAD).length * line + 20;
}

/** At most so many beside one another. */
function inRows(most: number) {
  return (jobs: readonly PipelineJob[]): readonly (readonly PipelineJob[])[] =>
    Array.from({ length: Math.ceil(jobs.length / most) }, (_, row) => jobs.slice(row * most, (row + 1) * most));
}

function acrossPlaces(levels: readonly (readonly PipelineJob[])[], width: number): ReadonlyMap<string, Place> {
  const heights = levels.map((jobs) => jobs.reduce((sum, job) => sum + heightOf(job, width) + BESIDE, -BESIDE));
  const tallest = Math.max(...heights);
  return new Map(
    levels.flatMap((jobs, depth) => {
      let y = 1 + (tallest - (heights[depth] ?? 0)) / 2;
      return jobs.map((job) => {
        const height = heightOf(job, width);
        const place = { x: depth * (width + GAP) + 1, y, width: width - 2, height };
        y += height + BESIDE;
        return [job.name, place] as const;
      });
    }),
  );
}

function downPlaces(levels: readonly (readonly PipelineJob[])[], whole: number): ReadonlyMap<string, Place> {
  let y = 1;
  return new Map(
    levels.flatMap(inRows(Math.floor(whole / NARROWEST))).flatMap((jobs) => {
      const width = Math.min(220, (whole - BESIDE * (jobs.length - 1)) / jobs.length) - 2;
      const left = (whole - jobs.length * (width + BESIDE) + BESIDE) / 2;
      const height = Math.max(...jobs.map((job) => heightOf(job, width)));
      const row = jobs.map(
        (job, index) => [job.name, { x: left + index * (width + BESIDE), y, width, height }] as const,
      );
      y += height + GAP - 8;
      return row;
    }),
  );
}

function level(from: Place, to: Place): Arrow {
  const [x1, y1, x2, y2] = [from.x + from.width, from.y + from.height / 2, to.x - 2, to.y + to.height / 2];
  const path = `M${x1} ${y1}C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}`;
  return { path, tip: { x: x2, y: y2, way: 'right' } };
}

interface Arrow {
  readonly path: string;
  readonly tip: Tip;
}

function fall(from: Place, to: Place): Arrow {
  const [x1, y1, x2, y2] = [from.x + from.width / 2, from.y + from.height, to.x + to.width / 2, to.y - 2];
  const path = `M${x1} ${y1}C${x1} ${(y1 + y2) / 2} ${x2} ${(y1 + y2) / 2} ${x2} ${y2}`;
  return { path, tip: { x: x2, y: y2, way: 'down' } };
}
