import gammaln from '@stdlib/math-base-special-gammaln';

/**
 * Chance that the distribution function of `n` values lies somewhere at least `x` from the true one, two-sided.
 *
 * The choice between the formulas is Simard and L'Ecuyer's (2011), as in scipy 1.17 `kstwo.sf`.
 * @param n a whole number from 1
 * @param x 0..1
 */
export function kolmogorovSurvival(n: number, x: number): number {
  const t = n * x;
  if (x >= 1) return 0;
  if (t <= 0.5) return 1;
  if (t <= 1) return 1 - Math.exp(gammaln(n + 1) + n * Math.log((2 * t - 1) / n));
  if (t >= n - 1) return 2 * (1 - x) ** n;
  const squared = t * x;
  if (x >= 0.5 || squared >= (n <= 140 ? 4 : 2.2)) return Math.min(1, 2 * oneSidedSurvival(n, x));
  const isSmall = n <= 140 || (n <= 100_000 && n * x ** 1.5 <= 1.4);
  return Math.min(1, Math.max(0, 1 - (isSmall ? durbin(n, x) : pelzGood(n, x))));
}

/** Smirnov's one-sided distribution by the sum of Birnbaum and Tingey 1951: every term is positive. */
function oneSidedSurvival(n: number, x: number): number {
  const last = Math.floor(n * (1 - x));
  let sum = 0;
  let logChoose = 0;
  for (let j = 0; j <= last; j++) {
    const up = x + j / n;
    const rest = 1 - up;
    if (rest > 0) sum += Math.exp(logChoose + (j - 1) * Math.log(up) + (n - j) * Math.log(rest));
    logChoose += Math.log((n - j) / (j + 1));
  }
  return x * sum;
}

const scale = 2 ** 128;

/** Distribution function by powers of Durbin's matrix, exact: Marsaglia, Tsang and Wang 2003. */
function durbin(n: number, x: number): number {
  const k = Math.ceil(n * x);
  const size = 2 * k - 1;
  let base = durbinMatrix(size, k - n * x);
  let power = new Float64Array(size * size);
  for (let i = 0; i < size; i++) power[i * size + i] = 1;
  let [baseExponent, exponent] = [0, 0];
  const middle = (k - 1) * size + k - 1;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      power = multiply(power, base, size);
      exponent += baseExponent;
    }
    base = multiply(base, base, size);
    baseExponent *= 2;
    if ((base[middle] ?? 0) > scale) {
      for (let i = 0; i < base.length; i++) base[i] = (base[i] ?? 0) / scale;
      baseExponent += 128;
    }
  }
  let probability = power[middle] ?? 0;
  for (let i = 1; i <= n; i++) {
    probability *= i / n;
    if (probability < 1 / scale) {
      probability *= scale;
      exponent -= 128;
    }
  }
  return probability * 2 ** exponent;
}

function durbinMatrix(size: number, h: number): Float64Array<ArrayBuffer> {
  const matrix = new Float64Array(size * size);
  const inverseFactorial = [1];
  for (let j = 1; j <= size; j++) inverseFactorial[j] = (inverseFactorial[j - 1] ?? 0) / j;
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= Math.min(i + 1, size - 1); j++)
      matrix[i * size + j] = inverseFactorial[i - j + 1] ?? 0;
  for (let i = 0; i < size; i++) {
    const corner = i === size - 1 ? Math.max(2 * h - 1, 0) ** size - h ** size : 0;
    const edge = (1 - h ** (i + 1) + corner) * (inverseFactorial[i + 1] ?? 0);
    matrix[i * size] = edge;
    matrix[(size - 1) * size + (size - 1 - i)] = edge;
  }
  return matrix;
}

function multiply(a: Float64Array, b: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k] ?? 0;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++)
        product[i * size + j] = (product[i * size + j] ?? 0) + factor * (b[k * size + j] ?? 0);
    }
  }
  return product;
}

/** Distribution function by Pelz and Good's expansion (1976): four terms in powers of 1 / sqrt(n). */
function pelzGood(n: number, x: number): number {
  const z = Math.sqrt(n) * x;
  const [z2, z4, z6, z8] = [z ** 2, z ** 4, z ** 6, z ** 8];
  const [pi2, pi4, pi6] = [Math.PI ** 2, Math.PI ** 4, Math.PI ** 6];
  const terms = Math.ceil((16 * z) / Math.PI);
  const sums = [0, 0, 0, 0];
  const extra = [0, 0];
  for (let k = terms; k >= 1; k--) {
    const m2 = (2 * k - 1) ** 2;
    const q = Math.exp((-pi2 / 8 / z2) * m2);
    const coefficients = [
      1,
      -z2 + (pi2 / 4) * m2,
      6 * z6 + 2 * z4 + (((2 * z4 - 5 * z2) * pi2) / 4) * m2 + ((pi4 * (1 - 2 * z2)) / 16) * m2 ** 2,
      -30 * z6 -
        90 * z8 +
        ((pi2 * (135 * z4 - 96 * z6)) / 4) * m2 +
        ((pi4 * (-60 * z2 + 212 * z4)) / 16) * m2 ** 2 +
        ((pi6 * (5 - 30 * z2)) / 64) * m2 ** 3,
    ];
    for (const [order, value] of coefficients.entries()) sums[order] = (sums[order] ?? 0) + value * q;
    const other = k * k * Math.exp((-pi2 / 2 / z2) * k * k);
    extra[0] = (extra[0] ?? 0) + other;
    extra[1] = (extra[1] ?? 0) + (3 * z2 - pi2 * k * k) * other;
  }
  const root = Math.sqrt(2 * Math.PI);
  const orders = [
    (root * (sums[0] ?? 0)) / z,
    (root * (sums[1] ?? 0)) / (6 * z4),
    (root * (sums[2] ?? 0)) / (72 * z ** 7) - (pi2 * root * (extra[0] ?? 0)) / (36 * z ** 3),
    (root * (sums[3] ?? 0)) / (6480 * z ** 10) + (pi2 * root * (extra[1] ?? 0)) / (216 * z6),
  ];
  return orders.reduce((sum, value, order) => sum + value / n ** (order / 2), 0);
}
