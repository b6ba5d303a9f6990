import type {
  Counter,
  Histogram,
  MetricAttributes,
  Observable,
  ObservationCallback,
} from "./meter.ts";
import { labelsOf, line } from "./prometheus-text.ts";

/** All values of one metric; `lines` prints them. */
export interface Family {
  lines(name: string): string[];
}

/** Something for each set of labels. Who passes the same frozen attributes again is spared writing them out. */
class Series<Value> {
  readonly #create: () => Value;
  readonly #byLabels = new Map<string, Value>();
  readonly #byFrozen = new WeakMap<MetricAttributes, Value>();

  constructor(create: () => Value) {
    this.#create = create;
  }

  get(attributes: MetricAttributes = {}): Value {
    return this.#byFrozen.get(attributes) ?? this.#find(attributes);
  }

  entries(): [labels: string, Value][] {
    return [...this.#byLabels];
  }

  #find(attributes: MetricAttributes): Value {
    const labels = labelsOf(attributes);
    const value = this.#byLabels.get(labels) ?? this.#create();
    this.#byLabels.set(labels, value);
    if (Object.isFrozen(attributes)) this.#byFrozen.set(attributes, value);
    return value;
  }
}

export class Sums implements Family, Counter {
  readonly #sums = new Series(() => ({ value: 0 }));

  add(value: number, attributes?: MetricAttributes): void {
    this.#sums.get(attributes).value += value;
  }

  lines(name: string): string[] {
    return this.#sums
      .entries()
      .map(([labels, { value }]) => line(name, labels, value));
  }
}

export class Observed implements Family, Observable {
  readonly #callbacks = new Set<ObservationCallback>();

  addCallback(callback: ObservationCallback): void {
    this.#callbacks.add(callback);
  }

  removeCallback(callback: ObservationCallback): void {
    this.#callbacks.delete(callback);
  }

  lines(name: string): string[] {
    const values = new Map<string, number>();
    for (const callback of this.#callbacks)
      callback({
        observe: (value, attributes = {}) =>
          values.set(labelsOf(attributes), value),
      });
    return [...values].map(([labels, value]) => line(name, labels, value));
  }
}

export class Buckets implements Family, Histogram {
  readonly #bounds: readonly number[];
  readonly #distributions: Series<{
    /** How many values fell under each bound and above the one before; the last has no bound. */
    readonly counts: number[];
    sum: number;
  }>;

  constructor(bounds: readonly number[]) {
    this.#bounds = [...bounds, Infinity];
    this.#distributions = new Series(() => ({
      counts: this.#bounds.map(() => 0),
      sum: 0,
    }));
  }

  record(value: number, attributes?: MetricAttributes): void {
    const found = this.#distributions.get(attributes);
    const index = this.#bounds.findIndex((bound) => value <= bound);
    found.counts[index] = (found.counts[index] ?? 0) + 1;
    found.sum += value;
  }

  lines(name: string): string[] {
    return this.#distributions
      .entries()
      .flatMap(([labels, { counts, sum }]) => {
        let count = 0;
        const buckets = this.#bounds.map((bound, index) => {
          count += counts[index] ?? 0;
          const le = `le="${bound === Infinity ? "+Inf" : bound}"`;
          const all = labels === "" ? le : `${labels},${le}`;
          return line(`${name}_bucket`, all, count);
        });
        return [
          ...buckets,
          line(`${name}_sum`, labels, sum),
          line(`${name}_count`, labels, count),
        ];
      });
  }
}
