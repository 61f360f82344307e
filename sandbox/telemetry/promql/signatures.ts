import type { ValueType } from './ast.ts';

export interface Signature {
  readonly args: readonly ValueType[];
  /** How many more than the named arguments may follow; the last named one may be absent too. -1 is any number, 0 none. */
  readonly variadic: number;
  readonly returns: ValueType;
  /** Prometheus has it behind a feature flag. */
  readonly experimental: boolean;
}

const types: Readonly<Record<string, ValueType>> = { v: 'vector', m: 'matrix', s: 'scalar', t: 'string' };

/** Every function of Prometheus 3 by the shape of its arguments: https://prometheus.io/docs/prometheus/latest/querying/functions/ */
const stable = {
  v: 'abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count histogram_sum histogram_stddev histogram_stdvar ln log10 log2 rad scalar sgn sin sinh sort sort_desc sqrt tan tanh timestamp',
  m: 'absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate last_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time',
  'v+1': 'days_in_month day_of_month day_of_week day_of_year hour minute month year',
  vss: 'clamp',
  vs: 'clamp_max clamp_min',
  'vs+1': 'round',
  ssv: 'histogram_fraction',
  sv: 'histogram_quantile',
  sm: 'quantile_over_time',
  ms: 'predict_linear',
  vtttt: 'label_replace',
  'vttt-1': 'label_join',
  s: 'vector',
  '': 'pi time',
};

const experimental = {
  m: 'mad_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time',
  mss: 'double_exponential_smoothing',
  'vt-1': 'sort_by_label sort_by_label_desc',
  'vv+1': 'info',
  'vtss+9': 'histogram_quantiles',
  v: 'start_timestamp',
  ss: 'max_of min_of',
  '': 'start end step range',
};

const scalars = new Set(['pi', 'time', 'scalar', 'max_of', 'min_of', 'start', 'end', 'step', 'range']);

function read(table: Readonly<Record<string, string>>, isExperimental: boolean): [string, Signature][] {
  return Object.entries(table).flatMap(([shape, names]) => {
    const [, letters, more] = /^([a-z]*)([+-]\d+)?$/.exec(shape) as RegExpExecArray;
    const args = [...(letters ?? '')].map((letter) => types[letter] as ValueType);
    return names.split(' ').map((name): [string, Signature] => {
      const returns = scalars.has(name) ? 'scalar' : 'vector';
      return [name, { args, variadic: Number(more ?? 0), returns, experimental: isExperimental }];
    });
  });
}

export const signatures: ReadonlyMap<string, Signature> = new Map([
  ...read(stable, false),
  ...read(experimental, true),
]);
