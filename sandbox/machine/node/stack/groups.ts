// What of Node's own stands between two functions of a program, or above the first.
import { type Asked, type Frame, key, type Texts } from './contract.ts';
import {
  assertion,
  assertions,
  asyncRequired,
  cancelled,
  cannotPrint,
  checkedArguments,
  failing,
  type Known,
  lookedUp,
  notExported,
  notRequired,
  refusedPort,
  roots,
} from './known-frames.ts';
import { callStep } from './places.ts';
import { notNamed, rootExcerpt, rootFrames } from './roots.ts';
import { emitterType, receiverOf } from './types.ts';

/** The frames for those of our library that stand together. */
export function groupFrames(
  group: readonly Frame[],
  isTop: boolean,
  above: Frame | undefined,
  below: Frame | undefined,
  asked: Asked,
  texts: Texts,
): Known {
  const snapshot = group.filter(({ file }) => file === 'node:internal/test/snapshot');
  const outer = (snapshot.find(({ name }) => name === 'read') ?? snapshot.at(-1) ?? group.at(-1)) as Frame;
  if (below === undefined && isTop && asked.code === 'ABORT_ERR' && key(outer) === 'internal/timers fireTimer')
    return {
      ...cancelled,
      frames: [...cancelled.frames, 'Timeout._onTimeout (node:internal/abort_controller:208:7)', ...roots.timer],
    };
  if (below === undefined && key(outer) === 'internal/boot cannotPrint') return cannotPrint;
  if (below === undefined && isTop && /^#(?:refuse|begin)$/.test(group[0]?.name ?? ''))
    return {
      ...refusedPort,
      frames: [...refusedPort.frames, ...lookedUp[outer.name === 'runTicks' ? 'tick' : 'name']],
    };
  if (below === undefined) return { frames: rootFrames(group, isTop, above, texts), ...rootExcerpt(group, isTop) };
  if (outer.file === 'node:internal/require') {
    if (isTop && asked.code === 'ERR_REQUIRE_ASYNC_MODULE') return asyncRequired;
    const unnamed = isTop ? notNamed[asked.code ?? ''] : undefined;
    if (unnamed !== undefined) return unnamed;
    const known = asked.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED' ? notExported : notRequired;
    return isTop ? { ...known, frames: [...known.frames, ...roots.asked] } : { frames: roots.required };
  }
  const checked = isTop ? group.findLast(({ file }) => file === 'node:assert') : undefined;
  if (checked !== undefined && outer.file === 'node:internal/test/tree')
    return { frames: [`assert.<computed> [as ${checked.name}] (node:internal/test_runner/test:347:18)`] };
  if (isTop && outer.file === 'node:assert') {
    const rejects = /^(rejects|doesNotReject)$/.test(outer.name);
    return { frames: [], ...(rejects ? { waits: true } : {}), excerpt: assertions[asked.operator ?? ''] ?? assertion };
  }
  if (!isTop) return { frames: callbackFrames(group, below, texts) };
  const isLater =
    outer.file === 'node:fs' && group.some((frame) => frame.name.endsWith('Sync')) && !outer.name.endsWith('Sync');
  const name = isLater ? `fs/promises ${outer.name}` : key(outer);
  const way = group.find(({ name }) => /^(?:readUtf8|opening|descending)$/.test(name))?.name;
  const known = [
    ...optionFaults
      .filter(([, words]) => name === 'util parseArgs' && words.test(asked.message))
      .map(([which]) => `${name} ${which}`),
    ...(asked.code === 'ERR_INVALID_ARG_TYPE' && asked.message.startsWith('The "path"') ? [`${name} path`] : []),
    ...(way === undefined ? [] : [`${name} ${way} ${asked.code}`]),
    `${name} ${asked.code}`,
    ...(way === undefined ? [] : [`${name} ${way}`]),
    name,
  ]
    .map((one) => failing[one])
    .find((one) => one !== undefined);
  if (known === undefined)
    return { frames: [], ...(asked.code?.startsWith('ERR_') ? { excerpt: checkedArguments } : {}) };
  if (name === 'events emit')
    return { ...known, frames: known.frames.map((one) => one.replace('EventEmitter', emitterType(below, texts))) };
  if (name === 'crypto update' && madeBefore(below, texts) === 'Hmac')
    return { ...known, frames: known.frames.map((one) => one.replace('Hash', 'Hmac')) };
  const isMethod = isCalledAsMethod(below, outer.name, texts);
  const callee = callStep(below, { name: outer.name, isInternal: true }, texts)?.node.callee;
  const owner = isMethod ? receiverOf(texts.read(below.file) ?? '', callee) : undefined;
  if (isMethod && owner !== 'Module') return known;
  const plain = (frame: string): string =>
    owner === undefined
      ? frame.replace(`Object.${outer.name}`, outer.name).replace(/^Object\.(\w+) \[as \w+\]/, '$1')
      : frame.replace(/^((?:async )?)Object\./, `$1${owner}.`);
  // It is the outermost that the program called without an object, or as one of all that a module gives.
  return { ...known, frames: known.frames.map((frame, at) => (at === known.frames.length - 1 ? plain(frame) : frame)) };
}

/** Of which class the digest was that a program made last. */
function madeBefore({ file, line }: Frame, texts: Texts): string | undefined {
  const lines = texts.read(file)?.split('\n').slice(0, line) ?? [];
  return [...lines.join('\n').matchAll(/\bcreate(Hash|Hmac)\(/g)].at(-1)?.[1];
}

/** Node tells of these with one code. */
const optionFaults = [
  ['takes none', /does not take an argument/],
  ['lacks one', /argument missing/],
  ['ambiguous', /ambiguous/],
] as const;

function isCalledAsMethod(below: Frame, name: string, texts: Texts): boolean {
  const text = texts.read(below.file)?.split('\n')[below.line - 1] ?? '';
  return (
    new RegExp(`\\.${name.replace('$', '\\$')}\\s*\\(`).test(text) ||
    !new RegExp(`\\b${name.replace('$', '\\$')}\\s*\\(`).test(text)
  );
}

/** What Node calls between two functions of the program. */
function callbackFrames(group: readonly Frame[], below: Frame, texts: Texts): readonly string[] {
  const outer = group.at(-1) as Frame;
  if (outer.file === 'node:assert') {
    const strict = /assert\/strict|\bstrict\b/.test(texts.read(below.file) ?? '');
    const owner = isCalledAsMethod(below, outer.name, texts) ? `${strict ? 'strict' : 'ok'}.` : '';
    if (outer.name === 'throws' || outer.name === 'doesNotThrow')
      return [
        'getActual (node:assert:611:5)',
        `${owner}${outer.name} (node:assert:${outer.name === 'throws' ? '759:24' : '779:32'})`,
      ];
  }
  if (outer.name === 'before' && group.some((one) => key(one) === 'internal/test/tree hook'))
    return [
      ...roots.hook,
      outer.file === 'node:test'
        ? 'node:internal/test_runner/harness:426:12'
        : 'TestContext.before (node:internal/test_runner/test:404:16)',
    ];
  if (key(outer) === 'events emit') {
    const type = emitterType(below, texts);
    const once = group.some(({ file, name }) => file === 'node:events' && name === 'wrapper');
    return [...(once ? [`${type}.wrapper (node:events:639:12)`] : []), `${type}.emit (node:events:514:28)`];
  }
  return [];
}
