// Prometheus' own configuration, as far as a scrape needs it: whom to ask, how often, and which files hold rules.
// https://prometheus.io/docs/prometheus/latest/configuration/configuration/
import {
  decodeYaml,
  numberOf,
  pairsOf,
  type Record_,
  recordsOf,
  type Shape,
  type Struct,
  stringOf,
  textsOf,
} from './yaml/decode.ts';

/** Times in ms. */
export interface ScrapeConfig {
  readonly evaluationInterval: number;
  readonly externalLabels: readonly (readonly [string, string])[];
  readonly ruleFiles: readonly string[];
  readonly jobs: readonly ScrapeJob[];
}

export interface ScrapeJob {
  readonly name: string;
  readonly interval: number;
  readonly timeout: number;
  readonly path: string;
  readonly targets: readonly { readonly address: string; readonly labels: readonly (readonly [string, string])[] }[];
}

const any = (names: string): Readonly<Record<string, Shape>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, 'any'] as const));

const global: Struct = {
  struct: 'config.plain',
  fields: {
    scrape_interval: 'duration',
    scrape_timeout: 'duration',
    evaluation_interval: 'duration',
    external_labels: { map: 'string' },
    ...any('query_log_file body_size_limit sample_limit label_limit target_limit rule_query_offset scrape_protocols'),
  },
};

const job: Struct = {
  struct: 'config.plain',
  check: checkJob,
  fields: {
    job_name: 'string',
    scrape_interval: 'duration',
    scrape_timeout: 'duration',
    metrics_path: 'string',
    static_configs: {
      named: '[]*targetgroup.Group',
      list: {
        struct: 'targetgroup.Group',
        fields: { targets: { list: 'string', named: '[]string' }, labels: { map: 'string' } },
      },
    },
    ...any(
      'honor_labels honor_timestamps scheme params basic_auth authorization bearer_token tls_config proxy_url follow_redirects relabel_configs metric_relabel_configs sample_limit label_limit file_sd_configs dns_sd_configs http_sd_configs kubernetes_sd_configs consul_sd_configs',
    ),
  },
};

const file: Struct = {
  struct: 'config.plain',
  fields: {
    global,
    rule_files: { list: 'string', named: '[]string' },
    scrape_configs: { list: job, named: '[]*config.ScrapeConfig' },
    ...any('alerting remote_write remote_read storage tracing scrape_config_files'),
  },
};

const MINUTE = 60_000;
const TIMEOUT = 10_000;

/** @returns the configuration, or what is wrong in promtool's words */
export function readScrapeConfig(
  text: string,
): { readonly ok: true; readonly config: ScrapeConfig } | { readonly ok: false; readonly error: string } {
  const decoded = decodeYaml(text, file);
  if (!decoded.ok) return { ok: false, error: decoded.errors.join('\n') };
  const { value } = decoded;
  const globals = value.fields.get('global') as Record_ | undefined;
  const interval = (globals && numberOf(globals, 'scrape_interval')) || MINUTE;
  const timeout = (globals && numberOf(globals, 'scrape_timeout')) || Math.min(TIMEOUT, interval);
  if (timeout > interval) return { ok: false, error: 'global scrape timeout greater than scrape interval' };
  const jobs = recordsOf(value, 'scrape_configs').map((one) => readJob(one, interval, timeout));
  const wrong = checkJobs(jobs);
  if (wrong !== undefined) return { ok: false, error: wrong };
  return {
    ok: true,
    config: {
      evaluationInterval: (globals && numberOf(globals, 'evaluation_interval')) || MINUTE,
      externalLabels: globals === undefined ? [] : pairsOf(globals, 'external_labels'),
      ruleFiles: textsOf(value, 'rule_files'),
      jobs,
    },
  };
}

function readJob(one: Record_, interval: number, timeout: number): ScrapeJob {
  const own = numberOf(one, 'scrape_interval') || interval;
  return {
    name: stringOf(one, 'job_name'),
    interval: own,
    timeout: numberOf(one, 'scrape_timeout') || Math.min(timeout, own),
    path: stringOf(one, 'metrics_path') || '/metrics',
    targets: recordsOf(one, 'static_configs').flatMap((group) =>
      textsOf(group, 'targets').map((address) => ({ address, labels: pairsOf(group, 'labels') })),
    ),
  };
}

function checkJob(one: Record_): string | undefined {
  if (stringOf(one, 'job_name') === '') return 'job_name is empty';
  const targets = recordsOf(one, 'static_configs').flatMap((group) => textsOf(group, 'targets'));
  const bad = targets.find((address) => address.includes('/'));
  return bad === undefined ? undefined : `"${bad}" is not a valid hostname`;
}

function checkJobs(jobs: readonly ScrapeJob[]): string | undefined {
  const seen = new Set<string>();
  for (const { name, interval, timeout } of jobs) {
    if (timeout > interval)
      return `scrape timeout greater than scrape interval for scrape config with job name "${name}"`;
    if (seen.has(name)) return `found multiple scrape configs with job name "${name}"`;
    seen.add(name);
  }
  return undefined;
}
