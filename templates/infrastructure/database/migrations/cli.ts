import { runCli } from "./cli-commands.ts";

/** The command line of db:migrate, db:rollback, db:status and db:new; `--help` tells the options. */
void runCli(process.argv.slice(2), {
  out: (text) => {
    console.log(text);
  },
  error: (text) => {
    console.error(text);
  },
}).then((exitCode) => {
  process.exitCode = exitCode;
});
