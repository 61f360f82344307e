// Yesterday's log: three versions served, one of the two new ones failed for one town, and the payment provider was slow for everybody.

/**
 * A program for the desk's node that writes the log. Chance chooses the version (of two) and the town (of three): Alba, from where most
 * people travel, has the most errors of all (about 50 of 1.1.0, all 504), and none of those that are asked for (20 to 40).
 */
export const writeLog = String.raw`
import { mkdirSync, writeFileSync } from 'node:fs';
const pick = (list) => list[Math.floor(Math.random() * list.length)];
const bad = { version: pick(['1.2.0', '1.2.1']), town: pick(['Puerto', 'Molinos', 'Sierra']) };
const towns = ['Alba', 'Alba', 'Alba', 'Alba', 'Alba', 'Puerto', 'Puerto', 'Puerto', 'Molinos', 'Molinos', 'Sierra', 'Sierra'];
const begin = Date.parse(new Date().toISOString().slice(0, 10) + 'T07:00:00Z') - 86400000;
const minute = 60000;
// 1.2.0 served from 11:00 to 13:00, then 1.2.1 until 15:00, then 1.1.0 again.
const versionAt = (at) => (at < 240 || at >= 480 ? '1.1.0' : at < 360 ? '1.2.0' : '1.2.1');
const lines = [];
for (let at = 0; at < 840; at += 0.2 + Math.random() * 0.8) {
  const version = versionAt(at);
  const town = pick(towns);
  const path = pick(['/trips', '/trips', '/trips', '/holds', '/payments']);
  const slow = path === '/payments' && at < 720;
  const fails = version === bad.version && town === bad.town && path !== '/payments' && Math.random() < 0.8;
  const status = fails ? 500 : slow && Math.random() < 0.9 ? 504 : path === '/trips' ? 200 : 201;
  const msg = status === 500 ? 'the request could not be served' : status === 504 ? 'the payment provider did not answer in time' : 'served';
  lines.push(JSON.stringify({
    time: new Date(begin + Math.round(at * minute)).toISOString(),
    level: status < 500 ? 'info' : 'error',
    msg, version, method: path === '/trips' ? 'GET' : 'POST', path, status,
    ms: status === 504 ? 8000 + Math.floor(Math.random() * 900) : 60 + Math.floor(Math.random() * 90),
    town,
  }));
}
mkdirSync('/srv/archive', { recursive: true });
writeFileSync('/srv/archive/seats.jsonl', lines.join('\n') + '\n');
`;

/** The host from which the log came. Nobody needs to go there. */
export const scenario = `hosts:
  web-1:
    setup: mkdir -p /var/log/seats; echo '{"level":"info","msg":"see the log of the company"}' > /var/log/seats/today.jsonl
`;
