import type { TagName } from "../tags.ts";

/** The answers that templates may insert as text. */
export const valueNames = [
  "applicationName",
  "packageManager",
  "path",
] as const;
export type ValueName = (typeof valueNames)[number];
export type Values = Readonly<Record<ValueName, string>>;

/** Text as it is, `{{value}}`, or a block that a tag switches on. */
export type Segment =
  | string
  | { readonly value: ValueName }
  | { readonly tag: TagName; readonly then: CompiledTemplate };

/** A Handlebars template after parsing: all that is left to do is to join. */
export type CompiledTemplate = readonly Segment[];

/** Joins a template for the given tags and values; `escape` makes a value safe where it lands. */
export function joinSegments(
  template: CompiledTemplate,
  tags: Readonly<Record<TagName, boolean>>,
  values: Values,
  escape: (value: string) => string,
): string {
  return template
    .map((segment) => {
      if (typeof segment === "string") return segment;
      if ("value" in segment) return escape(values[segment.value]);
      return tags[segment.tag]
        ? joinSegments(segment.then, tags, values, escape)
        : "";
    })
    .join("");
}
