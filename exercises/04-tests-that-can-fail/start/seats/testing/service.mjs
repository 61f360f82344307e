import { createSeats } from '../app.mjs';

/** Starts seats on a free port until the test `t` ends. `get` and `post` give status and body. */
export async function openService(t, options) {
  const server = createSeats(options);
  await new Promise((resolve) => server.listen(0, resolve));
  t.after(() => server.close());
  const ask = async (method, path) => {
    const response = await fetch(`http://localhost:${server.address().port}${path}`, { method });
    return { status: response.status, body: await response.json() };
  };
  return { get: (path) => ask('GET', path), post: (path) => ask('POST', path) };
}
