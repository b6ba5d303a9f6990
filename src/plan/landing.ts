/** The folder of the layer inside `templates/`, and in a project unless another one is chosen. */
export const layerFolder = "infrastructure/database";

/** Where a template lands that does not carry its own name. */
const renamed: Readonly<Record<string, string>> = {
  gitignore: ".gitignore",
  "src/http-server.ts": "src/server.ts",
  "src/express-server.ts": "src/server.ts",
  "src/fastify-server.ts": "src/server.ts",
  "src/hono-server.ts": "src/server.ts",
  "src/nest-server.ts": "src/server.ts",
};

/** A variant, as in `sqlite-driver.better-sqlite3.ts`; `.test.ts` and the endings of NestJS are none. */
const variant =
  /\.(?!(?:test|module|controller|filter)\.)[a-z0-9-]+(?=\.(?:test\.)?(?:ts|md)$)/;

/** The place where a template lands under the default path; variants of one file land in the same place. */
export function landingOf(template: string): string {
  return renamed[template] ?? template.replace(variant, "");
}

/** Moves a landing place inside the layer to the layer's folder of this project. */
export function moveLayer(landing: string, layerPath: string): string {
  return landing.startsWith(`${layerFolder}/`)
    ? `${layerPath}/${landing.slice(layerFolder.length + 1)}`
    : landing;
}
