// Copies of the service with one fault each: what a suite is measured with. The faults are kept here; learners see only what they do.
import { words } from './words.ts';

export interface Mutant {
  readonly file: 'booking.mjs' | 'app.mjs';
  readonly from: string;
  readonly to: string;
  /** What does the same as `from` and reads otherwise: a suite that asks what the service does cannot tell. */
  readonly alike: string;
  /** Words of the README that the fault makes untrue. */
  readonly promise: string;
  /** What a customer would notice. */
  readonly fault: ReturnType<typeof words>;
}

export const wrongFilter: Mutant = {
  file: 'booking.mjs',
  from: '(to === null || trip.to === to)',
  to: "(to === null || trip.to !== '')",
  alike: '(to === null || to === trip.to)',
  promise: 'the trips of both filters',
  fault: words('la búsqueda no hace caso de `to`', 'the search takes no notice of `to`'),
};

/** The fault of day 2. */
export const lostFrom: Mutant = {
  file: 'booking.mjs',
  from: '(from === null || trip.from === from)',
  to: "(from === null || trip.from !== '')",
  alike: '(from === null || from === trip.from)',
  promise: 'the trips of both filters',
  fault: words('la búsqueda no hace caso de `from`', 'the search takes no notice of `from`'),
};

/** A search that gives as many trips as it should, and others: whoever only counts them does not notice. */
const otherTrips = (when: string, es: string, en: string): Mutant => ({
  file: 'booking.mjs',
  from: '\n      .map((trip) => ({ ...trip, left: left(trip) }));',
  to: `
      .map((trip, at, right) => (${when} ? [...trips.filter((one) => !right.includes(one)), ...right][at] : trip))
      .map((trip) => ({ ...trip, left: left(trip) }));`,
  alike: '\n      .map((one) => ({ ...one, left: left(one) }));',
  promise: 'the trips of both filters',
  fault: words(`da el número justo de viajes equivocados ${es}`, `it gives the right number of wrong trips ${en}`),
});

export const others: readonly Mutant[] = [
  otherTrips('from !== null && to !== null', 'entre dos pueblos', 'between two towns'),
  otherTrips('from !== null && to === null', 'solo con `from`', 'with `from` alone'),
  otherTrips('from === null && to !== null', 'solo con `to`', 'with `to` alone'),
];

export const offByOne: Mutant = {
  file: 'booking.mjs',
  from: '- held.length;',
  to: '- held.length - 1;',
  alike: '- [...held].length;',
  promise: 'each with the seats `left`',
  fault: words('`left` dice un asiento de menos', '`left` is one seat too low'),
};

/** So little too late, or too early, that a test has to look near the limit; not so little that ten minutes have to be met to the second. */
const expires = (minutes: string, es: string, en: string): Mutant => ({
  file: 'booking.mjs',
  from: 'hold.trip === trip.id && hold.until > now()',
  to: `hold.trip === trip.id && !hold.used && hold.until + ${minutes} * 60_000 > now()`,
  alike: 'trip.id === hold.trip && now() < hold.until',
  promise: 'holds a seat for ten minutes',
  fault: words(`una reserva caduca ${es}`, `a hold expires ${en}`),
});

export const expiresLate = expires('5', 'cinco minutos tarde', 'five minutes late');

/** Of the step about holds alone. */
export const expiresEarly = expires('-5', 'a los cinco minutos', 'after five minutes');

/** The six of which the task speaks. */
export const six: readonly Mutant[] = [
  wrongFilter,
  {
    file: 'booking.mjs',
    from: "if (trip.left <= 0) throw new Refused(409, 'no seat left');",
    to: '',
    alike: "if (trip.left < 1) throw new Refused(409, 'no seat left');",
    promise: '409 when none is left',
    fault: words('vende un asiento ya vendido', 'the service sells a seat that is sold'),
  },
  offByOne,
  {
    file: 'booking.mjs',
    from: "currency: 'units'",
    to: "currency: 'points'",
    alike: 'currency: `units`',
    promise: 'its price in units',
    fault: words('el precio está en otra moneda', 'the price is in another currency'),
  },
  {
    file: 'app.mjs',
    from: 'return [error.status, { error: error.message }];',
    to: 'return [200, { error: error.message }];',
    alike: 'const { status, message } = error;\n      return [status, { error: message }];',
    promise: '404 when there is none',
    fault: words('un error contesta 200', 'an error answers 200'),
  },
  expiresLate,
];

/** Four more, of which nobody has spoken. The eleventh is `lostFrom`, of the search alone. */
export const unseen: readonly Mutant[] = [
  {
    file: 'booking.mjs',
    from: 'held.until <= now()',
    to: 'held.until + 5 * 60_000 <= now()',
    alike: 'now() >= held.until',
    promise: '410 when the hold has expired',
    fault: words('se vende una reserva caducada hace poco', 'a hold that has just expired can be sold'),
  },
  {
    file: 'booking.mjs',
    from: 'holds.set(name, { ...held, until: 0, used: true });',
    to: '',
    alike: 'holds.set(name, { ...held, used: true, until: 0 });',
    promise: '409 when it was used',
    fault: words('una reserva se vende dos veces', 'one hold can be sold twice'),
  },
  {
    file: 'booking.mjs',
    from: 'sold.set(held.trip, (sold.get(held.trip) ?? 0) + 1);',
    to: '',
    alike: 'sold.set(held.trip, 1 + (sold.get(held.trip) ?? 0));',
    promise: 'each with the seats `left`',
    fault: words('lo vendido vuelve a estar libre', 'what was sold is free again'),
  },
  {
    file: 'booking.mjs',
    from: 'find(held.trip).price',
    to: 'trips[0].price',
    alike: '{ ...find(held.trip) }.price',
    promise: 'a ticket with its price',
    fault: words('todos los billetes cuestan lo mismo', 'every ticket costs the same'),
  },
];
