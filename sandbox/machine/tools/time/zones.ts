// biome-ignore-all lint/style/noRestrictedGlobals: moments that are computed from a given one
// Time zones by name, each with the rules that it has in 2026 (IANA time zone database, 2025b): older years had others in some of them.

/** What `date +%Z` and `%z` tell of a moment. */
export interface ZoneTime {
  readonly abbreviation: string;
  /** Minutes east of UTC. */
  readonly offset: number;
}

/** Which zone it is at a moment in ms. */
export type Zone = (ms: number) => ZoneTime;

/** Names: minutes east of UTC, abbreviation, and where clocks change that of summer and the rule. */
export const table = `
Africa/Abidjan Africa/Accra: 0 GMT
Africa/Johannesburg: 120 SAST
Africa/Lagos Africa/Malabo: 60 WAT
Africa/Nairobi: 180 EAT
America/Anchorage: -540 AKST AKDT us
America/Argentina/Buenos_Aires America/Buenos_Aires America/Asuncion America/Montevideo America/Sao_Paulo: -180 -03
America/Bogota America/Guayaquil America/Lima: -300 -05
America/Cancun America/Jamaica America/Panama EST: -300 EST
America/Caracas America/La_Paz America/Manaus: -240 -04
America/Chicago US/Central CST6CDT: -360 CST CDT us
America/Costa_Rica America/El_Salvador America/Guatemala America/Managua America/Mexico_City America/Monterrey America/Tegucigalpa: -360 CST
America/Denver US/Mountain MST7MDT: -420 MST MDT us
America/Halifax: -240 AST ADT us
America/Los_Angeles America/Tijuana US/Pacific PST8PDT: -480 PST PDT us
America/New_York America/Toronto US/Eastern EST5EDT: -300 EST EDT us
America/Phoenix: -420 MST
America/Puerto_Rico America/Santo_Domingo: -240 AST
America/Santiago: -240 -04 -03 cl
Asia/Dubai: 240 +04
Asia/Hong_Kong: 480 HKT
Asia/Kolkata Asia/Calcutta: 330 IST
Asia/Manila: 480 PST
Asia/Seoul: 540 KST
Asia/Shanghai: 480 CST
Asia/Singapore: 480 +08
Asia/Tokyo Japan: 540 JST
Atlantic/Azores: -60 -01 +00 eu
Atlantic/Canary Atlantic/Madeira Europe/Lisbon: 0 WET WEST eu
Atlantic/Reykjavik: 0 GMT
Australia/Melbourne Australia/Sydney: 600 AEST AEDT au
Europe/Amsterdam Europe/Andorra Europe/Berlin Europe/Brussels Europe/Copenhagen Europe/Madrid Europe/Oslo Europe/Paris Europe/Prague Europe/Rome Europe/Stockholm Europe/Vienna Europe/Warsaw Europe/Zurich Africa/Ceuta CET: 60 CET CEST eu
Europe/Athens Europe/Bucharest Europe/Helsinki Europe/Kiev Europe/Kyiv EET: 120 EET EEST eu
Europe/Dublin: 0 GMT IST eu
Europe/Istanbul: 180 +03
Europe/Moscow: 180 MSK
Europe/London GB: 0 GMT BST eu
Pacific/Auckland: 720 NZST NZDT nz
Pacific/Honolulu HST: -600 HST
Etc/UTC UTC Universal Zulu: 0 UTC
Etc/GMT GMT: 0 GMT
`;

/** A change of clocks: month from 0, the first Sunday from that day on (`-1`: the month's last), and minutes after midnight. */
type Change = readonly [month: number, day: number, minutes: number];

/** When summer begins and ends: in winter's time, or in UTC. */
const rules: Readonly<Record<string, { readonly from: Change; readonly to: Change; readonly inUtc?: true }>> = {
  au: { from: [9, 1, 120], to: [3, 1, 120] },
  cl: { from: [8, 2, 240], to: [3, 2, 180], inUtc: true },
  eu: { from: [2, -1, 60], to: [9, -1, 60], inUtc: true },
  nz: { from: [8, -1, 120], to: [3, 1, 120] },
  us: { from: [2, 8, 120], to: [10, 1, 60] },
};

function moment([month, day, minutes]: Change, year: number, offset: number): number {
  const first = day < 0 ? Date.UTC(year, month + 1, -6) : Date.UTC(year, month, day);
  const sunday = first + ((7 - new Date(first).getUTCDay()) % 7) * 86_400_000;
  return sunday + (minutes - offset) * 60_000;
}

/**
 * The zone of a `TZ`: a name, or an offset such as `UTC-3` or `<-03>3` (POSIX, hours west). A word that is neither is UTC under
 * that name, as in the C library; undefined for a name that may well be a zone but is not in the table.
 */
export function zoneOf(tz: string): Zone | undefined {
  const name = tz.replace(/^:/, '');
  if (name === '') return () => ({ abbreviation: 'UTC', offset: 0 });
  const row = table.split('\n').find((line) => line.split(':')[0]?.split(' ').includes(name));
  if (row !== undefined) {
    const [minutes, abbreviation = '', summer, rule = ''] = row.slice(row.indexOf(': ') + 2).split(' ');
    const offset = Number(minutes);
    const { from, to, inUtc } = rules[rule] ?? {};
    if (from === undefined || to === undefined || summer === undefined) return () => ({ abbreviation, offset });
    return (ms) => {
      const year = new Date(ms + offset * 60_000).getUTCFullYear();
      const [begins, ends] = [from, to].map((change) => moment(change, year, inUtc ? 0 : offset)) as [number, number];
      const isSummer = begins < ends ? ms >= begins && ms < ends : ms >= begins || ms < ends;
      return isSummer ? { abbreviation: summer, offset: offset + 60 } : { abbreviation, offset };
    };
  }
  const posix = /^(?:<([\w+-]+)>|([A-Za-z]{3,}))([+-]?)(\d{1,2})(?::(\d\d))?$/.exec(name);
  if (posix !== null) {
    const [, quoted, word, sign, hours, minutes = '0'] = posix;
    const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? 1 : -1);
    return () => ({ abbreviation: quoted ?? word ?? '', offset: offset + 0 });
  }
  if (/^[A-Z][A-Za-z]+\/[A-Z]/.test(name)) return undefined;
  return () => ({ abbreviation: /^[A-Za-z]*/.exec(name)?.[0] || 'UTC', offset: 0 });
}

/** The moment at which the clocks of a zone show what those of UTC show at `utc`; undefined for an hour that is left out. */
export function momentIn(zone: Zone, utc: number): number | undefined {
  const later = utc - zone(utc).offset * 60_000;
  return [utc - zone(utc + 86_400_000).offset * 60_000, later, utc - zone(utc - 86_400_000).offset * 60_000].find(
    (ms) => ms + zone(ms).offset * 60_000 === utc,
  );
}
