import type { PackageName } from "../requirements/versions.ts";
import type { Need } from "../tags.ts";

/** A set of templates that come and go together, with what they need from npm. Data only. */
export interface Feature {
  readonly name: string;
  /** All of these must hold for the feature to be part of the output. */
  readonly needs: readonly Need[];
  /** Patterns below the layer's folder; where two features match a file, the longer pattern has it. */
  readonly layer?: readonly string[];
  /** Patterns below the project's folder. */
  readonly files?: readonly string[];
  readonly packages?: readonly PackageName[];
  readonly devPackages?: readonly PackageName[];
}
