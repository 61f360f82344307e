import { createServer } from 'node:http';
import { hour } from 'fecha-clara';

const since = hour(new Date());
const port = Number(process.env.PORT ?? 8090);

createServer((request, response) => {
  response.end(`${JSON.stringify({ status: 'ok', since })}\n`);
}).listen(port, () => console.log(`panel listens on ${port}`));
