import gammaln from '@stdlib/math-base-special-gammaln';

/** With fewer expected, counting up from 0 is quicker than the rejection. */
const fewExpected = 10;

/**
 * How many of `of` independent trials succeed, in time that does not grow with `of`: inversion where few are expected, else
 * transformed rejection, algorithm BTRS of Hörmann (1993), "The generation of binomial random variates".
 * @param chance of one success, 0..1
 * @param random numbers in [0, 1)
 */
export function drawBinomial(of: number, chance: number, random: () => number): number {
  if (of <= 0 || chance <= 0) return 0;
  if (chance >= 1) return of;
  if (chance > 0.5) return of - drawBinomial(of, 1 - chance, random);
  return of * chance < fewExpected ? byInversion(of, chance, random) : byRejection(of, chance, random);
}

function byInversion(of: number, chance: number, random: () => number): number {
  const odds = chance / (1 - chance);
  let probability = Math.exp(of * Math.log1p(-chance));
  let left = random();
  let drawn = 0;
  while (left > probability && drawn < of) {
    left -= probability;
    drawn++;
    probability *= (odds * (of - drawn + 1)) / drawn;
  }
  return drawn;
}

function byRejection(of: number, chance: number, random: () => number): number {
  const deviation = Math.sqrt(of * chance * (1 - chance));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * chance;
  const centre = of * chance + 0.5;
  const surelyBelow = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * deviation;
  const logOdds = Math.log(chance / (1 - chance));
  const mode = Math.floor((of + 1) * chance);
  const atMode = gammaln(mode + 1) + gammaln(of - mode + 1);
  for (;;) {
    const u = random() - 0.5;
    const v = random();
    const fromEdge = 0.5 - Math.abs(u);
    const drawn = Math.floor(((2 * a) / fromEdge + b) * u + centre);
    if (fromEdge >= 0.07 && v <= surelyBelow) return drawn;
    if (drawn < 0 || drawn > of) continue;
    const height = Math.log((v * alpha) / (a / (fromEdge * fromEdge) + b));
    if (height <= atMode - gammaln(drawn + 1) - gammaln(of - drawn + 1) + (drawn - mode) * logOdds)
      return drawn;
  }
}
