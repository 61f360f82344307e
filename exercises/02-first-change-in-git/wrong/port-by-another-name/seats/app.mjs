import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const trips = JSON.parse(readFileSync(new URL('./trips.json', import.meta.url), 'utf8'));
const port = Number(process.env.SEATS_PORT ?? 8080);

function search(query) {
  const from = query.get('from');
  const to = query.get('to');
  return trips.filter((trip) => (from === null || trip.from === from) && (to === null || trip.to === to));
}

function send(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname === '/healthz') return send(response, 200, { status: 'ok' });
  if (url.pathname === '/trips') return send(response, 200, search(url.searchParams));
  send(response, 404, { error: 'not found' });
});

server.listen(port, () => console.log(`seats listens on ${port}`));
