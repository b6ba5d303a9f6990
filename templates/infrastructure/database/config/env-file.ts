import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import type { Report } from "./configuration-error.ts";

/** The variables of a dotenv file; without a name, those of `.env` in the working directory if there is one. */
export function readEnvFile(
  name: string | undefined,
  report: Report,
): Readonly<Record<string, string | undefined>> {
  try {
    const content = readFileSync(name ?? ".env", "utf8");
    // Editors on Windows put a byte order mark first, which would become part of a name.
    return { ...parseEnv(content.replace(/^\uFEFF/, "")) };
  } catch (error) {
    const code =
      error instanceof Error && "code" in error ? String(error.code) : "error";
    if (name !== undefined || code !== "ENOENT") {
      report({
        name: name ?? ".env",
        expected: "a readable file",
        received: code,
        hint:
          code === "ENOENT"
            ? "there is no such file: correct envFile, or pass false for none"
            : undefined,
      });
    }
    return {};
  }
}
