import type { Invocation } from "../commands/command.ts";
import type { Installation } from "../install.ts";
import type { OpenedLayer } from "../project/open-layer.ts";
import type { UpgradePlan } from "../upgrade.ts";
import type { Verification } from "../upgrade/verify.ts";

/** What an upgrade, add or remove has come to. */
export interface UpgradeOutcome {
  readonly invocation: Invocation;
  /** The layer as it was. */
  readonly from: OpenedLayer;
  readonly plan: UpgradePlan;
  readonly written: boolean;
  readonly check: boolean;
  readonly diff: boolean;
  readonly verbose: boolean;
  readonly colors: boolean;
  readonly columns: number | undefined;
  readonly installation: Installation | undefined;
  readonly verification: Verification;
}
