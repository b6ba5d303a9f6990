/**
 * Everything that only an existing project needs, loaded in one piece: reading and editing JSON with comments would
 * else cost every new project its time.
 */
export { importExtensionFor, layerPathFor, moduleKindOf } from "./layout.ts";
export { allowInstallScripts } from "./install-scripts.ts";
export { editPackageJson } from "./package-json.ts";
export { completeTsConfig } from "./tsconfig-edit.ts";
export { readTsConfig } from "./tsconfig.ts";
