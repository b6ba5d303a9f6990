/** Loads the generators for plop: `npm run plop` in this repository. */
export { default } from "./generators/index.ts";
