import { type Desk, failed, type Verdict } from '../../sandbox/checks/index.ts';
import { both } from './facts.ts';

/** What 1.3.0 was made for, and what it answers wherever it does not fail: minutes by the timetable, fares by the towns' prices. */
const trips = [
  { id: 'T08', query: 'from=Sierra', minutes: 50, fare: 10 },
  { id: 'T05', query: 'from=Sierra', minutes: 95, fare: 14 },
  { id: 'T04', query: 'to=Molinos', minutes: 35, fare: 8 },
  { id: 'T01', query: 'from=Alba', minutes: 75, fare: 15 },
];

/** Runs a program of seats and asks what buyers ask. @returns what is wrong with its answers, if anything is. */
export async function answersRight(desk: Desk, folder: string): Promise<(Verdict & { passed: false }) | undefined> {
  const service = await desk.start('node app.mjs', { cwd: folder, port: 8085 });
  try {
    for (const { id, query, minutes, fare } of trips) {
      const target = `/trips?${query}`;
      const { status, text } = await service.get(target);
      const trip = status === 200 ? found(text, id) : undefined;
      if (trip?.minutes === minutes && trip.fare === fare) continue;
      return wrong(
        `GET ${target}`,
        `${id}: minutes ${minutes}, fare ${fare}`,
        trip === undefined
          ? `${status}: ${text.trim().slice(0, 60)}`
          : `${id}: minutes ${trip.minutes}, fare ${trip.fare}`,
      );
    }
    for (const id of ['T01', 'T04']) {
      const { stdout } = await desk.run(
        `curl -s -w ' %{http_code}' -H 'Content-Type: application/json' -d '{"trip":"${id}"}' localhost:8085/holds`,
      );
      if (stdout.endsWith(' 201')) continue;
      return wrong(`POST /holds {"trip":"${id}"}`, '201', stdout.trim().slice(-60));
    }
    return undefined;
  } finally {
    service.stop();
  }
}

function found(text: string, id: string): { readonly minutes?: number; readonly fare?: number } | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.find((one: { id?: unknown } | null) => one?.id === id) : undefined;
  } catch {
    return undefined;
  }
}

function wrong(service: string, expected: string, answer: string): Verdict & { passed: false } {
  return failed({
    expected: both(`en main, ${expected}`, `on main, ${expected}`),
    found: both(answer, answer),
    where: { service },
    next: both(
      'Arregla la causa y conserva lo que trajo 1.3.0: sus viajes dicen minutos y precio. Después, llévalo a main.',
      'Mend the cause and keep what 1.3.0 brought: its trips tell minutes and fare. Then take it to main.',
    ),
  });
}
