import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const trips = JSON.parse(readFileSync(new URL('./trips.json', import.meta.url), 'utf8'));
const port = Number(process.env.PORT ?? 8080);

const leaving = {
  Alba: ['T01', 'T02', 'T08', 'T12'],
  Puerto: ['T03', 'T04', 'T10'],
  Sierra: ['T05', 'T09'],
  Molinos: ['T06', 'T07', 'T11'],
};

function search(query) {
  const from = query.get('from');
  const to = query.get('to');
  return trips.filter((trip) => (from === null || leaving[from]?.includes(trip.id)) && (to === null || trip.to === to));
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
