/** By what the values of one metric differ: few names, each with few values. */
export type MetricAttributes = Readonly<Record<string, string>>;

/** What a metric says of itself. */
export interface MetricOptions {
  readonly description: string;
  /** `s` for seconds, or what is counted, in braces. */
  readonly unit: string;
  readonly advice?: { readonly explicitBucketBoundaries: number[] };
}

/** A number that only grows. */
export interface Counter {
  add(value: number, attributes?: MetricAttributes): void;
}

/** How often a value fell into which range. */
export interface Histogram {
  record(value: number, attributes?: MetricAttributes): void;
}

/** Takes the values of a metric that is asked for them. */
export interface Observation {
  observe(value: number, attributes?: MetricAttributes): void;
}

export type ObservationCallback = (result: Observation) => void;

/** A value that is looked up whenever somebody reads the metrics. */
export interface Observable {
  addCallback(callback: ObservationCallback): void;
  removeCallback(callback: ObservationCallback): void;
}

/**
 * Where metrics go: a PrometheusMeter, or `metrics.getMeter("database")` of `@opentelemetry/api`, which fits as it is. Only
 * what the layer uses is named here, so that it needs no package for it.
 */
export interface Meter {
  createCounter(name: string, options: MetricOptions): Counter;
  createHistogram(name: string, options: MetricOptions): Histogram;
  createObservableGauge(name: string, options: MetricOptions): Observable;
  createObservableUpDownCounter(
    name: string,
    options: MetricOptions,
  ): Observable;
}
