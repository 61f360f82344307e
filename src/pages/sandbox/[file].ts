import type { APIRoute, GetStaticPaths } from 'astro';
import { assets } from '../../day-assets/build.ts';

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  json: 'application/json',
  wasm: 'application/wasm',
};

export const getStaticPaths: GetStaticPaths = async () =>
  [...(await assets()).files.keys()].map((file) => ({ params: { file } }));

export const GET: APIRoute = async ({ params }) => {
  const content = (await assets()).files.get(params.file ?? '')?.();
  if (content === undefined) return new Response(null, { status: 404 });
  const type = types[params.file?.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  return new Response(content as BodyInit, { headers: { 'content-type': type } });
};
