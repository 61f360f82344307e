// Day 2 asks for a message that says what the commit achieves: which ones it takes, and which it does not.
import { expect, test } from 'vitest';
import { saysNothing } from '../../exercises/02-first-change-in-git/message.ts';
import type { Commit, Repository } from '../../sandbox/checks/index.ts';

const line = 'return trips.filter((trip) => (from === null || fits(trip, from)) && (to === null || trip.to === to));';
const origin = {
  read: async (ref: string) => (ref === 'refs/heads/main' ? 'return trips;' : line),
} as unknown as Repository;

const isTaken = async (message: string): Promise<boolean> =>
  (await saysNothing(origin, { id: 'c', message, changed: ['app.mjs'] } as unknown as Commit)) === undefined;

test.each([
  'Filter trips by the town they leave from',
  'Respeta from',
  'fix: busca por salida',
  'fix(search): respeta el filtro de origen',
  'Add the from filter',
  'Fix the filter',
  'Fix from filter',
  'fix: from filter',
  'Arregla el filtro',
  'Search works now',
  'Update search to leave out other towns',
  'Return only the trips asked for',
  'Only show coaches that leave the town asked for',
  'Devuelve solo los autobuses que salen del pueblo pedido',
  'Búsqueda por salida',
  'Accept from and to at once',
  'La consulta atiende al parámetro from',
  'Make `from` work',
  'Passengers see only the coaches of their town',
  'Ask fits() whether it may stay',
  'Step 4\n\nSearches by town of departure leave out the others.',
])('%j says what it achieves', async (message) => expect(await isTaken(message)).toBe(true));

test.each([
  'asdf qwer zxcv',
  'Update the search function',
  'Improve the search logic',
  'Update the trip search',
  'Cambia la función de búsqueda',
  'Step 4: fix app.mjs of the service',
  'Primer commit de Juan',
  'Changes from today',
  'hello world from me',
  'fix: done',
  'fix(search): wip',
  'hola mundo',
  'My first commit, finally',
  'Lorem ipsum dolor',
  'fix/from-filter',
  'fix-from-filter',
  'from filter',
  'filtro',
  'Fix search',
  'app.mjs',
  'return const null',
  'Tuesday work on trips',
  'Trabajo del martes en los viajes',
])('%j does not', async (message) => expect(await isTaken(message)).toBe(false));
