// Webhooks ("About webhooks"): what happens is told to an address, and each delivery is kept with what was answered.

import { joinBytes } from '../machine/files/index.ts';
import { sha1, sha256 } from '../machine/index.ts';
import type { Machine } from '../machine/machine.ts';
import type { HttpResponse, NetworkFailure } from '../machine/network.ts';
import type { Delivery, Webhook } from './records.ts';
import { folderOf, readDocument, writeDocument } from './store.ts';

/** How long an answer may take ("Best practices for using webhooks"): simulated ms. */
const PATIENCE = 10_000;
const STEP = 500;
/** Turns of the event loop that a program gets to answer before the clock moves on: a count, so that it is the same everywhere. */
const TURNS = 400;
const KEPT = 30;
const LONGEST_ANSWER = 10_000;

const pathOf = (repository: string, hook: number): string => `${folderOf(repository)}/hooks/${hook}.json`;

/** Oldest first. */
export function deliveriesOf(machine: Machine, repository: string, hook: number): readonly Delivery[] {
  return readDocument(machine, pathOf(repository, hook)) ?? [];
}

export interface Told {
  readonly event: string;
  readonly action: string | undefined;
  /** JSON, as it is sent. */
  readonly payload: string;
  /** The delivery that is made again. */
  readonly again?: string;
}

/** Tells an address, and keeps what came of it. @param pause one turn of the event loop. */
export async function deliver(
  machine: Machine,
  repository: string,
  hook: Webhook,
  { event, action, payload, again }: Told,
  pause: () => Promise<void>,
): Promise<Delivery> {
  const before = deliveriesOf(machine, repository, hook.id);
  const id = (before.at(-1)?.id ?? 0) + 1;
  const guid = again ?? uuidOf(`${repository}/${hook.id}/${id}`);
  const body = new TextEncoder().encode(payload);
  const headers: Record<string, string> = {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/0000000',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-id': String(hook.id),
    ...(hook.secret !== undefined && { 'x-hub-signature-256': `sha256=${hexOf(hmac(hook.secret, body))}` }),
  };
  const [, host, port = '80', target = '/'] = /^http:\/\/([\w.-]+)(?::(\d+))?(\/\S*)?$/.exec(hook.url) ?? [];
  const started = machine.kernel.now();
  const answer =
    host === undefined
      ? 'ENOTFOUND'
      : await answerIn(
          machine,
          machine.network.request(host, Number(port), {
            method: 'POST',
            target,
            headers: { host: `${host}:${port}`, ...headers },
            body,
          }),
          pause,
        );
  const isAnswer = typeof answer === 'object';
  const status = isAnswer
    ? answer.status >= 200 && answer.status < 300
      ? 'OK'
      : `Invalid HTTP Response: ${answer.status}`
    : answer === 'ETIMEDOUT'
      ? 'timed out'
      : 'failed to connect to host';
  const delivery: Delivery = {
    id,
    guid,
    deliveredAt: started,
    redelivery: again !== undefined,
    duration: (machine.kernel.now() - started) / 1000,
    status,
    statusCode: isAnswer ? answer.status : 0,
    event,
    ...(action !== undefined && { action }),
    url: hook.url,
    requestHeaders: headers,
    payload,
    answer: isAnswer ? new TextDecoder().decode(answer.body.subarray(0, LONGEST_ANSWER)) : '',
  };
  writeDocument(machine, pathOf(repository, hook.id), [...before, delivery].slice(-KEPT));
  machine.kernel.record({ type: 'WebhookDelivered', repository, hook: hook.id, event, status });
  return delivery;
}

/** Lets the program behind the address work, and time pass when it does not answer at once. */
async function answerIn(
  { kernel }: Machine,
  request: Promise<HttpResponse | NetworkFailure>,
  pause: () => Promise<void>,
): Promise<HttpResponse | NetworkFailure> {
  let answer: HttpResponse | NetworkFailure | undefined;
  request.then(
    (value) => {
      answer = value;
    },
    () => {
      answer = 'ECONNRESET';
    },
  );
  for (let waited = 0; ; waited += STEP) {
    for (let turn = 0; answer === undefined && turn < TURNS; turn++) await pause();
    if (answer !== undefined) return answer;
    if (waited >= PATIENCE) return 'ETIMEDOUT';
    kernel.advance(STEP);
  }
}

/** RFC 2104 with SHA-256. */
function hmac(secret: string, body: Uint8Array): Uint8Array {
  const given = new TextEncoder().encode(secret);
  const key = new Uint8Array(64);
  key.set(given.length > 64 ? sha256(given) : given);
  const padded = (byte: number): Uint8Array => key.map((one) => one ^ byte);
  return sha256(joinBytes([padded(0x5c), sha256(joinBytes([padded(0x36), body]))]));
}

const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** An identifier in the form of RFC 9562, the same for the same text. */
function uuidOf(text: string): string {
  const hex = hexOf(sha1(new TextEncoder().encode(text)));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
