import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../../build/bundle.ts';
import { Told } from '../../build/told.ts';
import { filesOfNewDay, type PlannedDay } from '../day-skeleton.ts';
import { type Request, UsageError } from './request.ts';
import { words } from './words.ts';

const named = z.object({ es: z.string(), en: z.string() });

const curriculum = z.object({
  days: z.array(z.object({ id: z.string(), slug: z.string(), title: named, stages: z.array(z.string()) })),
});

/** What a plan may say of a day besides; everything else in it is passed over. */
const plan = z.object({
  days: z.array(
    z.object({
      id: z.string(),
      goals: z.array(z.string()).default([]),
      concepts: z.array(z.string()).default([]),
      exercise: z
        .object({
          state_from_day: z.number().default(0),
          task: z.string().default(''),
          checks: z
            .array(z.object({ verifies: z.string(), wrong_solution_it_catches: z.string().optional() }))
            .default([]),
        })
        .optional(),
    }),
  ),
});

/** `noventa new-day 11`: writes the skeleton of a day, which fails `verify` and the content tests until it is written. */
export async function newDay({ days: [id, ...more], language, plan: planFile }: Request): Promise<number> {
  if (id === undefined || more.length > 0) throw new UsageError(words.oneDay[language]);
  const number = /^d?(\d{1,2})$/.exec(id)?.[1];
  const planned = curriculum
    .parse(parse(readFileSync(join(root, 'content/curriculum.yaml'), 'utf8')))
    .days.find((day) => day.id === `d${number?.padStart(2, '0')}`);
  if (planned === undefined) throw new UsageError(`${words.unplannedDay[language]}: ${id}`);
  const files = filesOfNewDay({ ...planned, ...fromPlan(planFile, planned.id) });
  const taken = Object.keys(files).find((path) => existsSync(join(root, path)));
  if (taken !== undefined) throw new Told(`${taken}: ${words.isThere[language]}`);
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(relative(process.cwd(), file));
  }
  console.log(`\n${words.newDayNext[language].replaceAll('{n}', String(Number(planned.id.slice(1))))}`);
  return 0;
}

function fromPlan(
  file: string | undefined,
  id: string,
): Pick<PlannedDay, 'goals' | 'concepts' | 'task' | 'checks' | 'stateFrom'> {
  const nothing = { goals: [], concepts: [], task: '', checks: [], stateFrom: undefined };
  if (file === undefined) return nothing;
  const { data, error } = plan.safeParse(parse(readFileSync(file, 'utf8')));
  if (data === undefined) throw new Told(`${file}: ${error.issues[0]?.path.join('.')}: ${error.issues[0]?.message}`);
  const day = data.days.find((one) => one.id === id);
  if (day === undefined) return nothing;
  const { goals, concepts, exercise } = day;
  const from = exercise?.state_from_day ?? 0;
  return {
    goals,
    concepts,
    task: exercise?.task ?? '',
    checks: exercise?.checks.map(({ verifies, wrong_solution_it_catches: catches }) => ({ verifies, catches })) ?? [],
    stateFrom: from === 0 ? undefined : `d${String(from).padStart(2, '0')}`,
  };
}
