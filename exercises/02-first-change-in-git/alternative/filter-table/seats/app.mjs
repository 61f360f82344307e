import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const trips = JSON.parse(readFileSync(new URL('./trips.json', import.meta.url), 'utf8'));
const port = Number(process.env.PORT ?? 8080);

const filters = ['from', 'to'];

function search(query) {
  const asked = filters.filter((name) => query.has(name));
  return trips.filter((trip) => asked.every((name) => trip[name] === query.get(name)));
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const pages = {
    '/healthz': () => ({ status: 'ok' }),
    '/trips': () => search(searchParams),
  };
  const page = pages[pathname];
  response.writeHead(page ? 200 : 404, { 'Content-Type': 'application/json' });
  response.end(`${JSON.stringify(page ? page() : { error: 'not found' })}\n`);
});

server.listen(port, () => console.log(`seats listens on ${port}`));
