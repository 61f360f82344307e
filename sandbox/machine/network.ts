import type { AbortSignal } from './abort-signal.ts';

/** An HTTP request inside the sandbox. Header names are lower case. */
export interface HttpRequest {
  readonly method: string;
  /** Path with query, as on the request line: `/trips?from=Alba`. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Ms after which whoever asks goes away without an answer, and what tells that they have gone already: not for who is asked. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** Why no answer came, as the codes that the system gives a client. */
export type NetworkFailure = 'ECONNREFUSED' | 'ENOTFOUND' | 'ECONNRESET' | 'ETIMEDOUT';

export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse | NetworkFailure>;

/** The machine's network: ports on which its programs listen, and the way to other machines of the company. */
export interface Network {
  /** @returns undefined when the port is taken (EADDRINUSE), else a function that closes it. */
  listen(port: number, pid: number, handler: HttpHandler): (() => void) | undefined;
  /** Names that nobody in the company has give ENOTFOUND. */
  request(host: string, port: number, request: HttpRequest): Promise<HttpResponse | NetworkFailure>;
  ports(): readonly { readonly port: number; readonly pid: number }[];
}
