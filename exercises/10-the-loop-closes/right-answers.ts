import { type Desk, failed, type Verdict } from '../../sandbox/checks/index.ts';
import { both } from './facts.ts';

/** What 2.2.0 was made for, and what it answers wherever it does not fail: minutes by the timetable, luggage by the towns' prices. */
const trips = [
  { id: 'T13', query: 'from=Sierra', minutes: 50, luggage: 6 },
  { id: 'T05', query: 'from=Sierra', minutes: 95, luggage: 6 },
  { id: 'T04', query: 'to=Molinos', minutes: 35, luggage: 4 },
  { id: 'T01', query: 'from=Alba&to=Puerto', minutes: 75, luggage: 7 },
];

/** Runs a program of seats and asks what buyers ask. @returns what is wrong with its answers, if anything is. */
export async function answersRight(desk: Desk, folder: string): Promise<(Verdict & { passed: false }) | undefined> {
  const service = await desk.start('node app.mjs', { cwd: folder, port: 8085, env: { CURRENCY: 'units' } });
  try {
    for (const { id, query, minutes, luggage } of trips) {
      const target = `/trips?${query}`;
      const { status, text } = await service.get(target);
      const trip = status === 200 ? found(text, id) : undefined;
      if (trip?.minutes === minutes && trip.luggage === luggage) continue;
      return wrong(
        `GET ${target}`,
        `${id}: minutes ${minutes}, luggage ${luggage}`,
        trip === undefined
          ? `${status}: ${text.trim().slice(0, 60)}`
          : `${id}: minutes ${trip.minutes}, luggage ${trip.luggage}`,
      );
    }
    for (const id of ['T01', 'T04']) {
      const { stdout } = await desk.run(`curl -s -w ' %{http_code}' -X POST localhost:8085/trips/${id}/holds`);
      if (stdout.endsWith(' 201')) continue;
      return wrong(`POST /trips/${id}/holds`, '201', stdout.trim().slice(-60));
    }
    return undefined;
  } finally {
    service.stop();
  }
}

function found(text: string, id: string): { readonly minutes?: number; readonly luggage?: number } | undefined {
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
      'Arregla la causa y conserva lo que trajo 2.2.0: sus viajes dicen minutos y equipaje. Después, llévalo a main.',
      'Mend the cause and keep what 2.2.0 brought: its trips tell minutes and luggage. Then take it to main.',
    ),
  });
}
