/** What the page on compatibility says about Windows, which no row of the matrix runs on. */
export const windowsSection = `## Windows

No row runs on Windows, and nothing here was tried on it: what the tool does differently there is written from the
documentation of Windows and Node.js, and its pieces are tested with the platform as an argument (\`test/tool/windows.test.ts\`).
macOS has not been tried either; of what is below it shares that letter case does not tell files apart.

- Package managers are started through the shell, with fixed words only, and ended with all that they have started.
- Paths inside the project, in the record, in reports and in \`--json\` have forward slashes, whatever the platform.
- A file that an editor or a virus scanner holds is waited for, for a second, and the message then says so.
- Names that Windows keeps for devices (\`con\`, \`aux\`), and two files that differ in letter case only, are refused everywhere.
- A checkout with CRLF is no change: \`status\` and \`upgrade\` see the same files, and merges keep the line endings that they find.
- There are no permission bits: what the tool keeps of them elsewhere is only the attribute read-only there.
- A lock of a process that was killed and whose number another process has by now must be deleted by hand; the message names it.

What you have to know:

- Node.js gets no SIGTERM on Windows: a process that is ended by \`taskkill /f\`, or by a service that does no better, does not drain.
  Ctrl+C does, and \`signals: ["SIGINT", "SIGBREAK"]\` adds Ctrl+Break.
- \`--test-runner node\` needs Node.js 22: npm's shell there does not expand \`*.test.ts\`, and Node.js 20 does not either.
- yarn 1 with uvu needs a shell that knows \`$(yarn bin uvu)\`: \`yarn config set script-shell bash.exe\`. yarn 4 has its own.
- The README's \`curl\` line with quotes in quotes is for POSIX shells and PowerShell 7.3; cmd wants \`-d "{\\"text\\":\\"Buy milk\\"}"\`.
- A folder deep in the file system may need long paths: \`git config core.longpaths true\`, and \`LongPathsEnabled\` for other programs.
`;
