import type { Kernel } from '../kernel/index.ts';
import type { HttpHandler, HttpRequest, HttpResponse, Network, NetworkFailure } from './network.ts';

export type OtherPorts = (port: number, request: HttpRequest) => Promise<HttpResponse | NetworkFailure>;

/**
 * The network of one machine: its own ports, under its own names. Openings, closings and answers are logged.
 * @param beyond answers for all other names. @param otherPorts for ports that none of its programs has.
 */
export function createNetwork(
  kernel: Kernel,
  hostname: string,
  beyond: Network['request'],
  otherPorts: OtherPorts = async () => 'ECONNREFUSED',
): Network {
  const open = new Map<number, { readonly pid: number; readonly handler: HttpHandler }>();
  const names: readonly string[] = ['localhost', '127.0.0.1', '0.0.0.0', '[::1]', '::1', hostname];

  return {
    listen(port, pid, handler) {
      if (open.has(port)) return undefined;
      open.set(port, { pid, handler });
      kernel.record({ type: 'PortOpened', pid, port });
      return () => {
        if (!open.delete(port)) return;
        kernel.record({ type: 'PortClosed', pid, port });
      };
    },
    async request(host, port, request) {
      if (!names.includes(host)) return beyond(host, port, request);
      const listener = open.get(port);
      const answer = await (listener?.handler(request) ?? otherPorts(port, request));
      if (typeof answer !== 'string') {
        kernel.record({
          type: 'RequestAnswered',
          port,
          method: request.method,
          path: request.target,
          status: answer.status,
        });
      }
      return answer;
    },
    ports: () => [...open].map(([port, { pid }]) => ({ port, pid })).sort((a, b) => a.port - b.port),
  };
}
