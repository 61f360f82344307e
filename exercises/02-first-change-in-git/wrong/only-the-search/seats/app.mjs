import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const trips = JSON.parse(readFileSync(new URL('./trips.json', import.meta.url), 'utf8'));
const port = Number(process.env.PORT ?? 8080);

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url, 'http://localhost');
  const from = searchParams.get('from');
  const to = searchParams.get('to');
  const found = trips.filter((trip) => (!from || trip.from === from) && (!to || trip.to === to));
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(`${JSON.stringify(found)}\n`);
});

server.listen(port, () => console.log(`seats listens on ${port}`));
