import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = join(import.meta.dirname, "../dist/cli.js");
const words = ["my-app", "--yes", "--no-install"];

/** Runs the real program in an empty folder and draws what it printed, as a terminal of 80 columns shows it. */
export function recordSession(): string {
  const folder = mkdtempSync(join(tmpdir(), "session-"));
  try {
    const output = execFileSync(process.execPath, [program, ...words], {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env.PATH },
    });
    const command = `$ npm create bento-db@latest ${words[0] ?? ""} -- ${words.slice(1).join(" ")}`;
    return drawSession([command, ...output.trimEnd().split("\n")]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const columns = 80;
const glyph = { width: 8.4, height: 19 };
const margin = 16;

function drawSession(lines: readonly string[]): string {
  const rows = lines.flatMap(wrap);
  const width = Math.ceil(columns * glyph.width) + 2 * margin;
  const height = rows.length * glyph.height + 2 * margin;
  const texts = rows.map((row, index) => {
    const y = margin + (index + 0.75) * glyph.height;
    const style = row.startsWith("$ ") ? ' font-weight="bold"' : "";
    return `  <text x="${margin}" y="${y}"${style}>${escape(row)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>A session in which create-bento-db makes a project</title>
<rect width="100%" height="100%" rx="8" fill="#1b1f24"/>
<g xml:space="preserve" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3">
${texts.join("\n")}
</g>
</svg>
`;
}

function wrap(line: string): string[] {
  return line.match(new RegExp(`.{1,${columns}}`, "gu")) ?? [""];
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
