// `container` of a job: an image with the system that this sandbox is, with or without Node.js, git and the rest.

import type { Language } from '../machine/index.ts';
import { readContainerOptions } from './container-options.ts';
import { type Json, resolve, type Scope, textOf, texts } from './expression.ts';
import { nodeVersionFor } from './node-versions.ts';
import { refusals } from './words.ts';
import type { Value } from './workflow.ts';

export interface JobContainer {
  readonly image: string;
  readonly hostname?: string;
  readonly user: string;
  readonly env: Readonly<Record<string, string>>;
  /** Programs of ours that the image has not. */
  readonly lacks: readonly string[];
  /** Folders that are mounted in it: on a fresh runner all of them are empty. */
  readonly volumes: readonly string[];
  /** What `node` is in it. */
  readonly nodeVersion?: string;
}

export type ContainerReading =
  | { readonly ok: true; readonly container?: JobContainer }
  | { readonly ok: false; readonly why: string };

/** Docker Hub, "node": the full image is Debian with git and curl, `slim` has neither, `alpine` has no bash besides. */
const forges = ['git', 'curl', 'gh'];
const nodes = ['node', 'npm', 'npx'];
const bases: Readonly<Record<string, (tag: string) => readonly string[]>> = {
  node: (tag) => (/alpine/.test(tag) ? [...forges, 'bash'] : /slim/.test(tag) ? forges : ['gh']),
  ubuntu: () => [...forges, ...nodes],
  debian: () => [...forges, ...nodes],
  'buildpack-deps': () => ['gh', ...nodes],
  alpine: () => [...forges, ...nodes, 'bash'],
};

/** "Workflow syntax", `jobs.<job_id>.container`: a name, or a mapping; an empty image is no container. */
export function readContainer(value: Value | undefined, scope: Scope, language: Language): ContainerReading {
  if (value === undefined) return { ok: true };
  const told = resolve(value, scope);
  const map = typeof told === 'object' && told !== null && !Array.isArray(told) ? told : { image: told };
  const {
    image: asked,
    env,
    options,
    credentials,
    ports,
    volumes,
    ...others
  } = map as { readonly [key: string]: Json };
  const image = textOf(asked ?? '').replace(/^docker:\/\//, '');
  if (image === '') return { ok: true };
  const fail = (why: string): ContainerReading => ({ ok: false, why });
  const [, name = '', tag = 'latest'] = /^(?:docker\.io\/)?(?:library\/)?([^:@]+)(?::([\w.-]+))?/.exec(image) ?? [];
  const base = Object.hasOwn(bases, name) ? bases[name] : undefined;
  if (base === undefined) return fail(refusals.container(image, Object.keys(bases))[language]);
  const [other] = Object.keys(others);
  if (other !== undefined) return fail(refusals.containerKey('container', other)[language]);
  const read = readContainerOptions(textOf(options ?? ''), 'container', language);
  if ('why' in read) return fail(read.why);
  const lacking = missingCredential(credentials);
  if (lacking !== undefined) return fail(lacking);
  const nodeVersion =
    name === 'node' ? nodeVersionFor(/^\d[\d.]*/.exec(tag)?.[0] ?? tag.replace(/-.*/, '')) : undefined;
  if (name === 'node' && nodeVersion === undefined)
    return fail(`docker: manifest for ${image} not found: manifest unknown`);
  return {
    ok: true,
    container: {
      image,
      ...(read.hostname !== undefined && { hostname: read.hostname }),
      user: read.user?.split(':')[0] ?? 'root',
      env: { ...textsOf(env), ...read.env },
      lacks: base(tag),
      // `name:/folder`, `/folder:/folder:ro`, or the folder alone.
      volumes: ([volumes ?? []].flat() as readonly Json[]).map(
        (one) => /(\/[^:]*)(?::r[ow])?$/.exec(textOf(one))?.[1] ?? '/',
      ),
      ...(nodeVersion !== undefined && { nodeVersion }),
    },
  };
}

/** A user name or password that came out empty: most often a secret that is not there. */
export function missingCredential(credentials: Json | undefined): string | undefined {
  if (typeof credentials !== 'object' || credentials === null || Array.isArray(credentials)) return undefined;
  const { username, password } = credentials as { readonly [key: string]: Json };
  for (const [name, value] of Object.entries({ username, password }))
    if (textOf(value ?? '') === '') return `Unexpected value '' for credentials.${name}`;
  return undefined;
}

export function textsOf(value: Json | undefined): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return texts(value as { readonly [key: string]: Json });
}
