import { expect, test } from 'vitest';
import { morningOf } from './calendar.ts';

const said = (id: string, before?: number): string => new Date(morningOf(id, before)).toUTCString().slice(0, 22);

test('days of the course are working days, one after the other', () => {
  expect(['d01', 'd02', 'd05', 'd06', 'd10', 'd90'].map((id) => said(id))).toEqual([
    'Mon, 02 Mar 2026 09:00',
    'Tue, 03 Mar 2026 09:00',
    'Fri, 06 Mar 2026 09:00',
    'Mon, 09 Mar 2026 09:00',
    'Fri, 13 Mar 2026 09:00',
    'Fri, 03 Jul 2026 09:00',
  ]);
});

test('a micro-incident begins on the morning after its day, and what is no day of the course on the first, or after what it goes on from', () => {
  const night = Date.UTC(2026, 2, 9, 23);
  expect([said('d05-i1'), said('none'), said('none', night), said('d03', night)]).toEqual([
    'Mon, 09 Mar 2026 09:00',
    'Mon, 02 Mar 2026 09:00',
    'Tue, 10 Mar 2026 09:00',
    'Tue, 10 Mar 2026 09:00',
  ]);
});
