import type { Feature } from "./features/feature.ts";
import { layerFeatures } from "./features/layer-features.ts";
import { projectFeatures } from "./features/project-features.ts";

/** Every template belongs to exactly one feature. */
export const features: readonly Feature[] = [
  ...layerFeatures,
  ...projectFeatures,
];
