import type {
  Counter,
  Histogram,
  Meter,
  MetricOptions,
  Observable,
} from "./meter.ts";
import { Buckets, type Family, Observed, Sums } from "./prometheus-families.ts";
import { escapeText, plainName } from "./prometheus-text.ts";

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

/** OpenTelemetry's names as its own exporters translate them: `db.client.operation.duration` gets `_seconds`. */
function nameOf(metric: string, unit: string, kind: Described["kind"]): string {
  const seconds = unit === "s" ? "_seconds" : "";
  const total = kind === "counter" ? "_total" : "";
  return `${plainName(metric)}${seconds}${total}`;
}
