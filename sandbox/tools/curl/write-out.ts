import type { Transfer } from './transfer.ts';
import { follow, parseUrl } from './url.ts';

/** The text of `--write-out`, for the variables that have a meaning here. Unknown ones are told to `warn`. */
export function writeOut(
  format: string,
  transfer: Transfer,
  exitCode: number,
  file: string | undefined,
  warn: (text: string) => void,
): string {
  const last = transfer.responses.at(-1);
  const header = (name: string): string =>
    last?.headers.find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1] ?? '';
  const seconds = transfer.seconds.toFixed(6);
  const size = last?.body.length ?? 0;
  const code = String(last?.status ?? 0).padStart(3, '0');
  const variables: Readonly<Record<string, string>> = {
    http_code: code,
    response_code: code,
    content_type: header('content-type'),
    size_download: String(size),
    size_upload: String(transfer.uploaded),
    time_total: seconds,
    time_starttransfer: seconds,
    time_connect: '0.000000',
    time_namelookup: '0.000000',
    url: transfer.url,
    url_effective: transfer.url,
    method: transfer.method,
    exitcode: String(exitCode),
    errormsg: transfer.problem?.message ?? '',
    num_redirects: String(Math.max(0, transfer.responses.length - 1)),
    redirect_url: redirection(transfer.url, last?.status ?? 0, header('location')),
    filename_effective: file ?? '',
    http_version: last === undefined ? '0' : '1.1',
    scheme: 'HTTP',
    num_connects: last === undefined ? '0' : '1',
    remote_ip: last === undefined ? '' : '127.0.0.1',
  };
  return format
    .replaceAll(/%header\{([^}]*)\}|%\{([^}]*)\}|%%/g, (whole, wanted?: string, name?: string) => {
      if (whole === '%%') return '%';
      if (wanted !== undefined) return header(wanted);
      const value = variables[name as string];
      if (value === undefined) warn(`curl: unknown --write-out variable: '${name}'\n`);
      return value ?? '';
    })
    .replaceAll(/\\([nrt])/g, (_, letter: string) => ({ n: '\n', r: '\r', t: '\t' })[letter] ?? '');
}

/** Where `-L` would have gone next. */
function redirection(from: string, status: number, location: string): string {
  const url = parseUrl(from);
  return location === '' || status < 300 || status > 399 || 'message' in url ? '' : follow(url, location);
}
