/** A word as the shell of the platform needs it; on Windows as both cmd and PowerShell read it. */
export function quote(
  word: string,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === "win32")
    return /^[\w./\\@:=+-]+$/.test(word) ? word : `"${word}"`;
  return /^[\w./@:=,+-]+$/.test(word)
    ? word
    : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
