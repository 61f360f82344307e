import { type Desk, failed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { both } from './facts.ts';

/** What 2.2.0 was made for, and what it answers wherever it does not fail: minutes by the timetable, luggage by the towns' prices. */
const today: Timetable = {
  trips: [
    { id: 'T13', query: 'from=Sierra', minutes: 50, luggage: 6 },
    { id: 'T05', query: 'from=Sierra', minutes: 95, luggage: 6 },
    { id: 'T04', query: 'to=Molinos', minutes: 35, luggage: 4 },
    { id: 'T01', query: 'from=Alba&to=Puerto', minutes: 75, luggage: 7 },
  ],
  held: ['T01', 'T04'],
  next: both(
    'Arregla la causa y conserva lo que trajo 2.2.0: sus viajes muestran minutos y equipaje. Después, llévalo a main.',
    'Fix the cause and keep what 2.2.0 brought: its trips show minutes and luggage. Then take it to main.',
  ),
};

/** Trips of the kinds that 2.2.0 fails on, one of a whole hour: whoever fixes the cause, and changes nothing else, has these right. */
const added = [
  { id: 'T21', from: 'Puerto', to: 'Alba', leaves: '23:10', arrives: '00:40', seats: 22, price: 8, stops: ['Cruce'] },
  { id: 'T22', from: 'Sierra', to: 'Molinos', leaves: '16:20', arrives: '17:20', seats: 30, price: 5 },
  { id: 'T23', from: 'Sierra', to: 'Alba', leaves: '23:50', arrives: '01:10', seats: 22, price: 8, stops: ['Cruce'] },
];
const tomorrow: Timetable = {
  trips: [
    { id: 'T21', query: 'from=Puerto&to=Alba', minutes: 90, luggage: 6 },
    { id: 'T22', query: 'from=Sierra&to=Molinos', minutes: 60, luggage: 4 },
    { id: 'T23', query: 'from=Sierra&to=Alba', minutes: 80, luggage: 6 },
  ],
  held: ['T22'],
  next: both(
    'El horario de mañana trae viajes nuevos, parecidos al que fallaba. Arregla la regla, no un viaje, y conserva las demás.',
    'Tomorrow’s timetable has new trips like the one that failed. Fix the rule, not one trip, and keep the others.',
  ),
};

/** Searches and holds, and what must come of them. */
interface Timetable {
  readonly trips: readonly {
    readonly id: string;
    readonly query: string;
    readonly minutes: number;
    readonly luggage: number;
  }[];
  readonly held: readonly string[];
  readonly next: Words;
}

/** The same of the folder with tomorrow's timetable, into which trips have come. */
export async function answersRightTomorrow(desk: Desk, folder: string): Promise<Wrong | undefined> {
  const listed = desk.json(`${folder}/trips.json`);
  const trips = JSON.stringify([...(Array.isArray(listed) ? listed : []), ...added]);
  const copy = `${folder}-tomorrow`;
  await desk.run(`cp -r ${folder} ${copy} && cat > ${copy}/trips.json <<'END'\n${trips}\nEND`);
  return answersRight(desk, copy, tomorrow);
}

type Wrong = Verdict & { passed: false };

/** Runs a program of seats and asks what buyers ask. @returns what is wrong with its answers, if anything is. */
export async function answersRight(
  desk: Desk,
  folder: string,
  { trips, held, next }: Timetable = today,
): Promise<Wrong | undefined> {
  const service = await desk.start('node app.mjs', { cwd: folder, port: 8085, env: { CURRENCY: 'units' } });
  try {
    for (const { id, query, minutes, luggage } of trips) {
      const target = `/trips?${query}`;
      const { status, text } = await service.get(target);
      const trip = status === 200 ? found(text, id) : undefined;
      if (trip?.minutes === minutes && trip.luggage === luggage) continue;
      return wrong(
        `GET ${target}`,
        `${id}${hoursOf(id)}: minutes ${minutes}, luggage ${luggage}`,
        trip === undefined
          ? `${status}: ${text.trim().slice(0, 60)}`
          : `${id}: minutes ${trip.minutes}, luggage ${trip.luggage}`,
        next,
      );
    }
    for (const id of held) {
      const { stdout } = await desk.run(`curl -s -w ' %{http_code}' -X POST localhost:8085/trips/${id}/holds`);
      if (stdout.endsWith(' 201')) continue;
      return wrong(`POST /trips/${id}/holds`, '201', stdout.trim().slice(-60), next);
    }
    return undefined;
  } finally {
    service.stop();
  }
}

/** When a trip of tomorrow's leaves and arrives; no file of the learner's says it. */
function hoursOf(id: string): string {
  const trip = added.find((one) => one.id === id);
  return trip === undefined ? '' : ` (${trip.leaves}–${trip.arrives})`;
}

function found(text: string, id: string): { readonly minutes?: number; readonly luggage?: number } | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.find((one: { id?: unknown } | null) => one?.id === id) : undefined;
  } catch {
    return undefined;
  }
}

function wrong(service: string, expected: string, answer: string, next: Words): Wrong {
  return failed({
    expected: both(`en main, ${expected}`, `on main, ${expected}`),
    found: both(answer, answer),
    where: { service },
    next,
  });
}
