import type { ConnectionTarget } from "./connection-target.ts";
import type { DatabaseConfigInput, SettingValues } from "./settings.ts";
import type { ConfigSources } from "./sources.ts";

/** A configuration, read and checked. */
export interface ResolvedConfig {
  readonly values: SettingValues;
  readonly connection: ConnectionTarget;
}

export declare function resolveConfig(
  overrides: DatabaseConfigInput,
  sources?: ConfigSources,
): ResolvedConfig;
