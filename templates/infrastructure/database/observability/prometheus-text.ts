import type { MetricAttributes } from "./meter.ts";

/** One value, as a line of the text format. */
export function line(name: string, labels: string, value: number): string {
  return `${name}${labels === "" ? "" : `{${labels}}`} ${value}\n`;
}

/** Attributes as they stand between the braces of a line. */
export function labelsOf(attributes: MetricAttributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${plainName(name)}="${escapeLabel(value)}"`)
    .join(",");
}

/** A name without the dots of OpenTelemetry. */
export function plainName(name: string): string {
  return name.replaceAll(/\W/g, "_");
}

/** A description on one line. */
export function escapeText(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function escapeLabel(value: string): string {
  return escapeText(value).replaceAll('"', '\\"');
}
