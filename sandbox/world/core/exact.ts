// Logarithm and exponential from +, −, × and ÷ only. The language leaves the last digits of Math.log and Math.exp to each engine;
// a world that must be the same everywhere cannot use them. (Math.sqrt is exact in every engine.)

const { LN2, SQRT2 } = Math;

/** 2^-n for n in 0…32: multiplying by it is exact. */
const halves = Float64Array.from({ length: 33 }, (_, n) => 1 / 2 ** n);

/** 1/n! for n in 0…15: the series of e^x to the last digit for |x| ≤ ln 2 / 2. */
const inverseFactorials = Float64Array.from({ length: 16 }, (_, n) => {
  let factorial = 1;
  for (let k = 2; k <= n; k++) factorial *= k;
  return 1 / factorial;
});

/** ln m for m in [1/√2, √2], by the series of artanh: within 2 units of the last place. */
function lnNearOne(m: number): number {
  const s = (m - 1) / (m + 1);
  const q = s * s;
  let sum = 1 / 19;
  sum = 1 / 17 + q * sum;
  sum = 1 / 15 + q * sum;
  sum = 1 / 13 + q * sum;
  sum = 1 / 11 + q * sum;
  sum = 1 / 9 + q * sum;
  sum = 1 / 7 + q * sum;
  sum = 1 / 5 + q * sum;
  sum = 1 / 3 + q * sum;
  return 2 * s * (1 + q * sum);
}

/** ln x for x > 0. */
export function ln(x: number): number {
  let mantissa = x;
  let exponent = 0;
  for (; mantissa > SQRT2; exponent++) mantissa /= 2;
  for (; mantissa < 1 / SQRT2; exponent--) mantissa *= 2;
  return exponent * LN2 + lnNearOne(mantissa);
}

/** −ln(k / 2³²) for a whole k in 1…2³²: an exponential time of mean 1 when k is drawn evenly. */
export function exponentialOf(k: number): number {
  if (k >= 4294967296) return 0;
  let exponent = 31 - Math.clz32(k);
  let mantissa = k * (halves[exponent] as number);
  if (mantissa > SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  return (32 - exponent) * LN2 - lnNearOne(mantissa);
}

/** e^x. */
export function exp(x: number): number {
  const turns = Math.round(x / LN2);
  const rest = x - turns * LN2;
  let sum = 0;
  for (let n = 15; n >= 0; n--) sum = sum * rest + (inverseFactorials[n] as number);
  for (let n = 0; n < turns; n++) sum *= 2;
  for (let n = 0; n > turns; n--) sum /= 2;
  return sum;
}
