// Node.js 20 reads no TypeScript by itself: `npm run plop` starts plop so that it can.
export { default } from "./generators/index.ts";
