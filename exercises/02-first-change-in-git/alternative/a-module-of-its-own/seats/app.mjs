import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { search } from './search.mjs';

const trips = JSON.parse(readFileSync(new URL('./trips.json', import.meta.url), 'utf8'));
const port = Number(process.env.PORT ?? 8080);

function send(out, status, body) {
  out.writeHead(status, { 'Content-Type': 'application/json' });
  out.end(`${JSON.stringify(body)}\n`);
}

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname === '/healthz') return send(response, 200, { status: 'ok' });
  if (url.pathname === '/trips') return send(response, 200, search(trips, url.searchParams));
  send(response, 404, { error: 'not found' });
});

server.listen(port, () => console.log(`seats listens on ${port}`));
