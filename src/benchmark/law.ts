/**
 * The Universal Scalability Law:
 *
 *   X(n) = λ n / (1 + σ (n - 1) + κ n (n - 1))
 *
 * λ is the throughput of one thread, σ the share of the work that queues for something shared, κ what keeping things coherent costs.
 * N. J. Gunther, "Guerrilla Capacity Planning", Springer 2007; "A General Theory of Computational Scalability Based on Rational
 * Functions", arXiv:0808.1431.
 */

/** The curve through the measured throughputs. */
export interface ScalabilityFit {
  /** λ: calls a second of one thread. */
  readonly lambda: number;
  /** σ: contention, 0 to 1. */
  readonly sigma: number;
  /** κ: coherency, 0 or more. */
  readonly kappa: number;
  /** The number of threads at which the curve is highest; null where it only rises. */
  readonly peak: number | null;
  /** The share of the differences between sizes that the curve explains: 1 is all. */
  readonly rSquared: number;
}

/** Calls a second of so many threads, by the curve. */
export function throughputAt({ lambda, sigma, kappa }: ScalabilityFit, threads: number): number {
  return curve([lambda, sigma, kappa])(threads);
}

export function curve([lambda = 0, sigma = 0, kappa = 0]: readonly number[]): (threads: number) => number {
  return (threads) => (lambda * threads) / (1 + sigma * (threads - 1) + kappa * threads * (threads - 1));
}
