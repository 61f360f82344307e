// What the service answers to searches, judged by the timetable that everybody has.
import { type Desk, failed, passed, pick, type Verdict, type Words } from '../../sandbox/checks/index.ts';

interface Trip {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

type Service = Awaited<ReturnType<Desk['start']>>;
export type Filter = Partial<Pick<Trip, 'from' | 'to'>>;

/** A trip of the timetable that the learner cannot foresee. */
export async function someTrip(desk: Desk): Promise<Trip> {
  return pick(desk, await timetable(desk));
}

/** Towns that the timetable knows, from the commit that everybody has. */
async function timetable(desk: Desk): Promise<readonly Trip[]> {
  const origin = await desk.git.origin('seats');
  return JSON.parse((await origin?.read('refs/heads/main', 'trips.json')) ?? '[]') as Trip[];
}

/** Whether the service answers each search with the trips that fit it, and with no others; `unseen`, when they are other than the timetable's. */
export async function answersLikeTheTimetable(
  desk: Desk,
  service: Service,
  where: string,
  searches: readonly Filter[],
  unseen?: readonly Trip[],
): Promise<Verdict> {
  const all = unseen ?? (await timetable(desk));
  for (const filter of searches) {
    const query = new URLSearchParams(filter).toString().replaceAll('+', '%20');
    const target = query === '' ? '/trips' : `/trips?${query}`;
    const answer = await service.get(target);
    const found = listIn(answer.text);
    const right = all.filter((trip) => fits(trip, filter));
    const others = found?.filter((trip) => !fits(trip, filter)).length ?? 0;
    if (found !== undefined && others === 0 && idsOf(found) === idsOf(right)) {
      // Who changes the timetable itself is told so by another check.
      const changed = unseen?.filter((trip) => fits(trip, filter)).flatMap((trip) => fieldsNotIn(found, trip))[0];
      if (changed === undefined) continue;
      return failed({
        expected: { es: 'cada viaje como está en `trips.json`', en: 'each trip as `trips.json` has it' },
        found: {
          es: `${changed.id}: falta su \`${changed.field}\`, o es otro`,
          en: `${changed.id}: its \`${changed.field}\` is missing, or is another`,
        },
        where: { service: `GET ${target} (${where})` },
        next: {
          es: 'Un filtro elige viajes y no cambia qué se dice de cada uno: mira con `git diff main` qué más ha cambiado.',
          en: 'A filter chooses trips and does not change what is told of each: see with `git diff main` what else has changed.',
        },
      });
    }
    const unknown = found?.find(({ id }) => !right.some((trip) => trip.id === id));
    if (others === 0 && unknown !== undefined) {
      return failed({
        expected: { es: 'los viajes de `trips.json`, como en `main`', en: 'the trips of `trips.json`, as on `main`' },
        found: { es: `un viaje que no está allí: ${unknown.id}`, en: `a trip that is not there: ${unknown.id}` },
        where: { service: `GET ${target} (${where})` },
        next: {
          es: 'Un filtro no cambia los viajes: mira con `git diff main` qué ha cambiado en ellos.',
          en: 'A filter does not change the trips: see with `git diff main` what has changed in them.',
        },
      });
    }
    return failed({
      expected: {
        es: `${counted(right.length, 'viaje')}${townsOf(filter, 'desde', 'a')}${unseen ? ', con otros viajes en `trips.json`' : ''}`,
        en: `${counted(right.length, 'trip')}${townsOf(filter, 'from', 'to')}${unseen ? ', with other trips in `trips.json`' : ''}`,
      },
      found:
        found === undefined
          ? { es: `${answer.status} y algo que no es una lista`, en: `${answer.status} and something that is no list` }
          : {
              es: `${counted(found.length, 'viaje')}, ${others} de más`,
              en: `${counted(found.length, 'trip')}, ${others} that should not be there`,
            },
      where: { service: `GET ${target} (${where})` },
      next: unseen ? READ_THEM : nextFor(filter),
    });
  }
  return passed;
}

const READ_THEM: Words = {
  es: 'El horario cambia. Los viajes están en `trips`, y lo que se pide, en `query`: que el programa no lleve escrito ningún pueblo.',
  en: 'The timetable changes. The trips are in `trips`, and what is asked for in `query`: let no town be written in the program.',
};

/** Whether the program of a folder finds trips of towns of which nobody knew when it was written, one with a name that an address writes otherwise. */
export async function findsOtherTrips(desk: Desk, folder: string, where: string): Promise<Verdict> {
  const [from, to, other] = ['Peña ', 'Villa', 'Cruz'].map((name) => `${name}${desk.integer(100, 999)}`) as [
    string,
    string,
    string,
  ];
  const ends: readonly (readonly [string, string])[] = [
    [from, to],
    [from, other],
    [to, from],
    [other, to],
  ];
  const trips = ends.map(([from, to], at) => ({ id: `N${at + 1}`, from, to, leaves: `0${at + 6}:00`, seats: 20 }));
  await desk.run(`cat > ${folder}/trips.json <<'END'\n${JSON.stringify(trips)}\nEND`);
  const service = await desk.start('node app.mjs', { cwd: folder });
  const searches = [{ from }, { to }, { from, to }, {}];
  const found = await answersLikeTheTimetable(desk, service, where, searches, trips);
  service.stop();
  return found;
}

/** Fields of a trip that an answer leaves out, or tells otherwise. */
function fieldsNotIn(found: readonly Trip[], trip: Trip): readonly { readonly id: string; readonly field: string }[] {
  const told: Readonly<Record<string, unknown>> = { ...found.find(({ id }) => id === trip.id) };
  return Object.entries(trip).flatMap(([field, value]) => (told[field] === value ? [] : [{ id: trip.id, field }]));
}

function fits(trip: Trip, { from, to }: Filter): boolean {
  return (from === undefined || trip.from === from) && (to === undefined || trip.to === to);
}

function idsOf(list: readonly Trip[]): string {
  return list
    .map(({ id }) => id)
    .sort()
    .join();
}

export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function townsOf({ from, to }: Filter, leaving: string, arriving: string): string {
  return `${from === undefined ? '' : ` ${leaving} ${from}`}${to === undefined ? '' : ` ${arriving} ${to}`}`;
}

function nextFor({ from, to }: Filter): Words {
  if (from !== undefined && to !== undefined) {
    return {
      es: 'Con los dos filtros, un viaje tiene que cumplir uno y también el otro.',
      en: 'With both filters, a trip must match both.',
    };
  }
  if (from !== undefined) {
    return {
      es: 'Mira qué hace `search` con `to` y haz lo mismo con `from`.',
      en: 'See what `search` does with `to`, and do the same with `from`.',
    };
  }
  if (to !== undefined) {
    return {
      es: 'El filtro `to` funcionaba en `main`: mira con `git diff main` qué ha cambiado en él.',
      en: 'The filter `to` worked on `main`: see with `git diff main` what has changed in it.',
    };
  }
  return {
    es: 'Sin `from` en la dirección, `query.get` da `null`: en ese caso no hay que filtrar.',
    en: 'With no `from` in the address, `query.get` gives `null`: then there is nothing to filter by.',
  };
}

export function listIn(text: string): readonly Trip[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? (list as Trip[]) : undefined;
  } catch {
    return undefined;
  }
}

/** Departure only, arrival only, both, neither. */
export async function allSearches(desk: Desk): Promise<readonly Filter[]> {
  const { from, to } = await someTrip(desk);
  return [{ from }, { to }, { from, to }, {}];
}

/** An address that no program of ours knows. */
const UNKNOWN = '/trips-of-yesterday';

/**
 * What a program answers where the change has no part: status, kind (`undefined` where its answer names none) and text; of all trips
 * not the text, which the searches judge.
 */
export async function restOf(service: Service): Promise<readonly (readonly [string, string])[]> {
  const targets = ['/healthz', '/trips', UNKNOWN];
  return Promise.all(
    targets.map(async (target) => {
      const { status, headers, text } = await service.get(target);
      const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].split(';')[0];
      return [target, `${status} ${type}${target === '/trips' ? '' : ` ${text.trim().slice(0, 80)}`}`] as const;
    }),
  );
}

/** What a program is asked to see all that it does: searches that find something and that do not, well put and badly, and the rest. */
export async function askedOfAll(desk: Desk): Promise<readonly string[]> {
  const [{ from, to }, other] = [await someTrip(desk), await someTrip(desk)];
  const queries = ['', `from=${from}`, `to=${to}`, `from=${from}&to=${to}`, `from=${other.to}&to=${other.from}`];
  const odd = [`from=${from.slice(0, -1)}`, `from=${from.toLowerCase()}`, `from=%20${from}`, `from=${from}&from=${to}`];
  const empty = ['from=', 'to=', `from=&to=${to}`, `from=${from}&to=`, `to=${to.toLowerCase()}`];
  return ['/healthz', UNKNOWN, '/', ...[...queries, ...odd, ...empty].map((query) => `/trips?${query}`)];
}

/** What a program of a folder answers, what it writes, and how its tests end where some came along. */
export async function whatItDoes(
  desk: Desk,
  folder: string,
  { targets, withTests }: { readonly targets: readonly string[]; readonly withTests: boolean },
): Promise<string> {
  const { stdout } = await desk.run(
    `node app.mjs > /tmp/does 2>&1 & sleep 1
timeout 5 curl -s -w '%{http_code} %{content_type}\\n' ${targets.map((target) => `'localhost:8080${target}'`).join(' ')}
kill $!; cat /tmp/does${withTests ? '; timeout 20 node --test > /dev/null 2>&1; echo $?' : ''}`,
    { cwd: folder },
  );
  return stdout;
}
