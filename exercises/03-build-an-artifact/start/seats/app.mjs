import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createLogger } from 'bitacora';
import { createRouter } from 'senda';

const trips = JSON.parse(readFileSync(new URL('./trips.json', import.meta.url), 'utf8'));
const port = Number(process.env.PORT ?? 8080);
const log = createLogger('seats');
const router = createRouter();

router.on('GET', '/healthz', () => ({ status: 'ok' }));
router.on('GET', '/trips', ({ query }) => search(query));
router.on('GET', '/trips/:id', ({ params }) => trips.find(({ id }) => id === params.id));

function search(query) {
  const from = query.get('from');
  const to = query.get('to');
  return trips.filter((trip) => (from === null || trip.from === from) && (to === null || trip.to === to));
}

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const route = router.find(request.method, url.pathname);
  const found = route?.handler({ params: route.params, query: url.searchParams });
  const status = found === undefined ? 404 : 200;
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(`${JSON.stringify(found ?? { error: 'not found' })}\n`);
  log.info(`${request.method} ${request.url} ${status}`);
});

server.listen(port, () => console.log(`seats listens on ${port}`));
