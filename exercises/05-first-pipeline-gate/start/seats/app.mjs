import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createLogger } from 'bitacora';
import { createRouter } from 'senda';
import { createSeats } from './seats.mjs';

const trips = JSON.parse(readFileSync(new URL('./trips.json', import.meta.url), 'utf8'));
const port = Number(process.env.PORT ?? 8080);
const log = createLogger('seats');
const seats = createSeats(trips);
const router = createRouter();

router.on('GET', '/healthz', () => ({ status: 200, body: { status: 'ok' } }));
router.on('GET', '/trips', ({ query }) => ({ status: 200, body: seats.search(query.get('from'), query.get('to')) }));
router.on('GET', '/trips/:id', ({ params }) => found(seats.trip(params.id)));
router.on('POST', '/trips/:id/holds', ({ params }) => seats.hold(params.id));
router.on('POST', '/holds/:id/sale', ({ params }) => seats.sell(params.id));

function found(body) {
  return body === undefined ? { status: 404, body: { error: 'not found' } } : { status: 200, body };
}

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const route = router.find(request.method, url.pathname);
  const answer = route?.handler({ params: route.params, query: url.searchParams }) ?? found(undefined);
  response.writeHead(answer.status, { 'Content-Type': 'application/json' });
  response.end(`${JSON.stringify(answer.body)}\n`);
  log.info(`${request.method} ${request.url} ${answer.status}`);
});

server.listen(port, () => console.log(`seats listens on ${port}`));
