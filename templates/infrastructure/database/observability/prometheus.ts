import type {
  Counter,
  Histogram,
  Meter,
  MetricAttributes,
  MetricOptions,
  Observable,
  ObservationCallback,
} from "./meter.ts";

/** All metrics of one name; `lines` prints them in Prometheus' text format. */
interface Family {
  lines(name: string): string[];
}

interface Described {
  readonly kind: "counter" | "gauge" | "histogram";
  readonly description: string;
  readonly family: Family;
}

/** Keeps metrics in memory and prints them for a route such as GET /metrics; one serves the whole process. */
export class PrometheusMeter implements Meter {
  /** The Content-Type of `text()`. */
  readonly contentType = "text/plain; version=0.0.4; charset=utf-8";
  readonly #families = new Map<string, Described>();

  createCounter(name: string, options: MetricOptions): Counter {
    return this.#family(name, options, "counter", () => new Sums());
  }

  createHistogram(name: string, options: MetricOptions): Histogram {
    const bounds = options.advice?.explicitBucketBoundaries ?? [];
    return this.#family(name, options, "histogram", () => new Buckets(bounds));
  }

  createObservableGauge(name: string, options: MetricOptions): Observable {
    return this.#family(name, options, "gauge", () => new Observed());
  }

  createObservableUpDownCounter(
    name: string,
    options: MetricOptions,
  ): Observable {
    return this.createObservableGauge(name, options);
  }

  /** Everything as it is now, in the text format 0.0.4. */
  text(): string {
    return [...this.#families]
      .flatMap(([name, { kind, description, family }]) => [
        `# HELP ${name} ${escapeText(description)}\n`,
        `# TYPE ${name} ${kind}\n`,
        ...family.lines(name),
      ])
      .join("");
  }

  /** Who asks for the same metric again, for a second engine, gets the same one. */
  #family<F extends Family>(
    metric: string,
    { description, unit }: MetricOptions,
    kind: Described["kind"],
    create: () => F,
  ): F {
    const name = nameOf(metric, unit, kind);
    const known = this.#families.get(name);
    if (known !== undefined) return known.family as F;
    const family = create();
    this.#families.set(name, { kind, description, family });
    return family;
  }
}

class Sums implements Family, Counter {
  readonly #sums = new Map<string, number>();

  add(value: number, attributes?: MetricAttributes): void {
    const labels = labelsOf(attributes);
    this.#sums.set(labels, (this.#sums.get(labels) ?? 0) + value);
  }

  lines(name: string): string[] {
    return [...this.#sums].map(([labels, sum]) => line(name, labels, sum));
  }
}

class Observed implements Family, Observable {
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
        observe: (value, attributes) => values.set(labelsOf(attributes), value),
      });
    return [...values].map(([labels, value]) => line(name, labels, value));
  }
}

interface Distribution {
  /** How many values fell under each bound and above the one before; the last has no bound. */
  readonly counts: number[];
  sum: number;
}

class Buckets implements Family, Histogram {
  readonly #bounds: readonly number[];
  readonly #distributions = new Map<string, Distribution>();

  constructor(bounds: readonly number[]) {
    this.#bounds = [...bounds, Infinity];
  }

  record(value: number, attributes?: MetricAttributes): void {
    const labels = labelsOf(attributes);
    let found = this.#distributions.get(labels);
    if (found === undefined) {
      found = { counts: this.#bounds.map(() => 0), sum: 0 };
      this.#distributions.set(labels, found);
    }
    const index = this.#bounds.findIndex((bound) => value <= bound);
    found.counts[index] = (found.counts[index] ?? 0) + 1;
    found.sum += value;
  }

  lines(name: string): string[] {
    return [...this.#distributions].flatMap(([labels, { counts, sum }]) => {
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

/** OpenTelemetry's names as its own exporters translate them: `db.client.operation.duration` gets `_seconds`. */
function nameOf(metric: string, unit: string, kind: Described["kind"]): string {
  const seconds = unit === "s" ? "_seconds" : "";
  const total = kind === "counter" ? "_total" : "";
  return `${plain(metric)}${seconds}${total}`;
}

function plain(name: string): string {
  return name.replaceAll(/\W/g, "_");
}

function line(name: string, labels: string, value: number): string {
  return `${name}${labels === "" ? "" : `{${labels}}`} ${value}\n`;
}

function labelsOf(attributes: MetricAttributes = {}): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${plain(name)}="${escapeLabel(value)}"`)
    .join(",");
}

function escapeText(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function escapeLabel(value: string): string {
  return escapeText(value).replaceAll('"', '\\"');
}
