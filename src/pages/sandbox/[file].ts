import type { APIRoute, GetStaticPaths } from 'astro';
import { type Assets, buildAssets } from '../../day-assets/build.ts';

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  json: 'application/json',
  wasm: 'application/wasm',
};

// One build makes them once; while authors work they are made anew at each request, so that a saved exercise counts at once.
let built: Promise<Assets> | undefined;
function assets(): Promise<Assets> {
  if (import.meta.env.DEV) return buildAssets('fixed');
  built ??= buildAssets('hashed');
  return built;
}

export const getStaticPaths: GetStaticPaths = async () =>
  [...(await assets()).keys()].map((file) => ({ params: { file } }));

export const GET: APIRoute = async ({ params }) => {
  const content = (await assets()).get(params.file ?? '')?.();
  if (content === undefined) return new Response(null, { status: 404 });
  const type = types[params.file?.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  return new Response(content as BodyInit, { headers: { 'content-type': type } });
};
