import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createLogger } from 'bitacora';
import { createBooking, Refused } from './booking.mjs';

const timetable = JSON.parse(readFileSync(new URL('./trips.json', import.meta.url), 'utf8'));

/** The service over other trips or another clock, for tests; without either, over the timetable and the time of day. */
export function createSeats({ trips = timetable, now = Date.now, log = () => {} } = {}) {
  const booking = createBooking(trips, now);

  function answer(method, path, query) {
    const [, kind, id, action] = path.split('/');
    if (method === 'GET' && path === '/healthz') return [200, { status: 'ok' }];
    if (method === 'GET' && path === '/trips') return [200, booking.search(query.get('from'), query.get('to'))];
    if (method === 'GET' && kind === 'trips' && action === undefined) return [200, booking.find(id)];
    if (method === 'POST' && kind === 'trips' && action === 'holds') return [201, booking.hold(id)];
    if (method === 'POST' && kind === 'holds' && action === 'sale') return [201, booking.sell(id)];
    return [404, { error: 'not found' }];
  }

  function answerOrRefuse(method, path, query) {
    try {
      return answer(method, path, query);
    } catch (error) {
      if (error instanceof Refused) return [error.status, { error: error.message }];
      log(`${error.name}: ${error.message}`);
      return [500, { error: 'internal error' }];
    }
  }

  return createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    const [status, body] = answerOrRefuse(request.method, pathname, searchParams);
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(`${JSON.stringify(body)}\n`);
    log(`${request.method} ${request.url} ${status}`);
  });
}

if (import.meta.main) {
  const port = Number(process.env.PORT ?? 8080);
  const server = createSeats({ log: createLogger('seats').info });
  server.listen(port, () => console.log(`seats listens on ${port}`));
  process.on('SIGTERM', () => server.close());
}
