import { join } from "node:path";
import { ESLint } from "eslint";
import tseslint from "typescript-eslint";
import type { PlacedText } from "./closures.ts";
import { root } from "./program.ts";

/** Lints files of a folder by the strictest presets of typescript-eslint; resolves to complaints. */
export async function lintTexts(
  folder: string,
  texts: Iterable<PlacedText>,
): Promise<readonly string[]> {
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [
      ...(tseslint.configs.strictTypeChecked as []),
      ...(tseslint.configs.stylisticTypeChecked as []),
      {
        languageOptions: {
          parserOptions: {
            project: "./tsconfig.json",
            tsconfigRootDir: folder,
          },
        },
        rules: {
          "@typescript-eslint/restrict-template-expressions": [
            "error",
            { allowNumber: true },
          ],
          // As its documentation advises: node:test waits for its tests by itself.
          "@typescript-eslint/no-floating-promises": [
            "error",
            {
              allowForKnownSafeCalls: [
                { from: "package", package: "node:test", name: "test" },
                { from: "package", package: "@types/node", name: "test" },
              ],
            },
          ],
        },
      },
    ],
  });
  const results = await eslint.lintFiles(
    [...texts].map(({ path }) => join(folder, path)),
  );
  return results.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ line, message, ruleId }) =>
        `${filePath.slice(root.length + 1)}:${line} ${message} (${ruleId ?? "parser"})`,
    ),
  );
}
