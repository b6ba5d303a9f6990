import type { Report } from "./configuration-error.ts";
import type { ConnectionTarget } from "./connection-target.ts";
import type { GivenSettings } from "./given.ts";
import type { SettingValues } from "./settings.ts";

/** What a URL says, as far as it can be understood by itself. */
export interface ParsedUrl {
  /** Settings that the URL carries as parameters. */
  readonly given: GivenSettings;
  /** Makes the target once all settings are read; undefined when the URL has a problem. */
  readonly connect: (
    values: SettingValues,
    report: Report,
  ) => ConnectionTarget | undefined;
}

/** A URL to be parsed, and the settings from elsewhere. */
export interface UrlRequest {
  readonly url: string;
  /** The setting that held the URL. */
  readonly name: string;
  readonly given: GivenSettings;
  readonly report: Report;
}

/** How the URLs of one database are written. */
export interface UrlFormat {
  /** The name of the database, for messages. */
  readonly title: string;
  readonly example: string;
  readonly parse: (request: UrlRequest) => ParsedUrl | undefined;
  /** What somebody may have meant with a text that is not a URL known here. */
  readonly guess: (text: string) => string | undefined;
}
