import { type Desk, failed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { both, same } from './facts.ts';

/**
 * What 2.2.0 was made for, and what it answers wherever it does not fail: minutes by the timetable, luggage by the towns' prices, and with
 * a held seat how often the coach stops.
 */
const today: Timetable = {
  trips: [
    { id: 'T13', query: 'from=Sierra', minutes: 50, luggage: 6, stops: 1 },
    { id: 'T05', query: 'from=Sierra', minutes: 95, luggage: 6, stops: 1 },
    { id: 'T04', query: 'to=Molinos', minutes: 35, luggage: 4 },
    { id: 'T01', query: 'from=Alba&to=Puerto', minutes: 75, luggage: 7, stops: 1 },
  ],
  held: [
    { id: 'T01', stops: 1 },
    { id: 'T04', stops: 0 },
  ],
  next: both(
    'Arregla la causa y conserva lo demás: los viajes muestran minutos, equipaje y paradas; las reservas, cuántas paradas. Después, llévalo a main.',
    'Fix the cause and keep the rest: trips show minutes, luggage and stops; holds, how many stops. Then take it to main.',
  ),
};

/** Trips of the kinds that 2.2.0 fails on, one of a whole hour: whoever fixes the cause, and changes nothing else, has these right. */
const added = [
  { id: 'T21', from: 'Puerto', to: 'Alba', leaves: '22:40', arrives: '00:10', seats: 22, price: 8, stops: ['Cruce'] },
  { id: 'T22', from: 'Sierra', to: 'Molinos', leaves: '16:20', arrives: '17:20', seats: 30, price: 5 },
  { id: 'T23', from: 'Sierra', to: 'Alba', leaves: '23:50', arrives: '01:10', seats: 22, price: 8, stops: ['Cruce'] },
];
const tomorrow: Timetable = {
  trips: [
    { id: 'T21', query: 'from=Puerto&to=Alba', minutes: 90, luggage: 6, stops: 1 },
    { id: 'T22', query: 'from=Sierra&to=Molinos', minutes: 60, luggage: 4 },
    { id: 'T23', query: 'from=Sierra&to=Alba', minutes: 80, luggage: 6, stops: 1 },
  ],
  held: [{ id: 'T22', stops: 0 }],
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
    /** How many stops it lists; not asked where the timetable has none. */
    readonly stops?: number;
  }[];
  /** `stops`: how often the coach stops on the way. */
  readonly held: readonly { readonly id: string; readonly stops: number }[];
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
    for (const { id, query, ...expected } of trips) {
      const target = `/trips?${query}`;
      const { status, text } = await service.get(target);
      const listed = status === 200 ? listOf(text) : undefined;
      const trip = listed?.find((one) => one?.id === id);
      const answer = { ...trip, stops: Array.isArray(trip?.stops) ? trip.stops.length : trip?.stops };
      if (told(expected, answer) === told(expected, expected)) continue;
      return wrong(
        `GET ${target}`,
        same(`${id}${hoursOf(id)}: ${told(expected, expected)}`),
        trip === undefined ? withoutIt(id, status, listed, text) : same(`${id}: ${told(expected, answer)}`),
        next,
      );
    }
    for (const { id, ...expected } of held) {
      const { stdout } = await desk.run(`curl -s -w ' %{http_code}' -X POST localhost:8085/trips/${id}/holds`);
      const [, text = '', status = ''] = /^(.*?)\s*(\d+)$/s.exec(stdout) ?? [];
      const hold = parsed(text) as Answer | undefined;
      if (status === '201' && told(expected, hold) === told(expected, expected)) continue;
      return wrong(
        `POST /trips/${id}/holds`,
        same(`201, ${told(expected, expected)}`),
        same(status === '201' ? `201, ${told(expected, hold)}` : `${status}: ${text.slice(-60)}`),
        next,
      );
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

type Answer = Readonly<Record<string, unknown>> | null;

/** Of an answer, the fields that are asked of it. */
const told = (asked: object, answer: Answer | undefined): string =>
  Object.keys(asked)
    .map((field) => `${field} ${JSON.stringify(answer?.[field]) ?? '–'}`)
    .join(', ');

/** A search that does not list the trip: which ones it does. */
function withoutIt(id: string, status: number, listed: readonly Answer[] | undefined, text: string): Words {
  if (listed === undefined) return same(`${status}: ${text.trim().slice(0, 60)}`);
  const others = listed.map((one) => one?.id).join(', ');
  return both(`sin ${id}; están: ${others || 'ninguno'}`, `no ${id}; there are: ${others || 'none'}`);
}

function listOf(text: string): readonly Answer[] | undefined {
  const list = parsed(text);
  return Array.isArray(list) ? list : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function wrong(service: string, expected: Words, found: Words, next: Words): Wrong {
  return failed({
    expected: both(`en main, ${expected.es}`, `on main, ${expected.en}`),
    found,
    where: { service },
    next,
  });
}
