import { basename } from "node:path";
import { ToolError } from "../errors.ts";
import type { CommandContext, CommandResult } from "./context.ts";

/** What a shell runs to complete a command line; each asks this program for the words. */
const scripts = {
  bash: `# Completion for bash: create-bento-db completion bash >> ~/.bashrc
_create_bento_db() {
  local IFS=$'\\n' words=() word last=-1
  for word in "\${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
    # To bash, --flag=value is three words.
    if ((last > 0)) && [[ $word == = || \${words[last]} == --*= ]]; then
      words[last]+=$word
    else
      words[++last]=$word
    fi
  done
  word=\${words[last]}
  COMPREPLY=($(compgen -W "$(create-bento-db --complete "\${words[@]}" 2>/dev/null)" -- "$word"))
  [[ $word == --*=* ]] && COMPREPLY=("\${COMPREPLY[@]#"\${word%%=*}="}")
}
complete -o default -F _create_bento_db create-bento-db
`,
  zsh: `#compdef create-bento-db
# Completion for zsh: create-bento-db completion zsh >> ~/.zshrc, after compinit
_create_bento_db() {
  local -a found
  found=("\${(@f)$(create-bento-db --complete "\${(@)words[1,CURRENT]}" 2>/dev/null)}")
  compadd -- $found || _files
}
compdef _create_bento_db create-bento-db
`,
  fish: `# Completion for fish: create-bento-db completion fish > ~/.config/fish/completions/create-bento-db.fish
function __create_bento_db
    set --local before (commandline --current-process --tokenize --cut-at-cursor)
    set --local current (commandline --current-token --cut-at-cursor)
    set --local found (create-bento-db --complete $before "$current" 2>/dev/null | string match -- "$current*")
    if test (count $found) -gt 0
        printf "%s\\n" $found
    else
        __fish_complete_path "$current"
    end
end
complete --command create-bento-db --no-files --arguments '(__create_bento_db)'
`,
} as const;

/** Prints the script for the shell that is named, or for the one in use. */
export function runCompletion({
  invocation,
  env,
}: CommandContext): CommandResult {
  const shell = invocation.words[0] ?? basename(env.SHELL ?? "bash");
  if (!isShell(shell)) {
    throw new ToolError({
      code: "wrong-use",
      exitCode: 2,
      message: `completion expects ${Object.keys(scripts).join(", ")}, got ${JSON.stringify(shell)}.`,
      remedy: "Name one of them: create-bento-db completion bash",
    });
  }
  const text = scripts[shell];
  return { exitCode: 0, json: { shell, script: text }, text, verbatim: true };
}

function isShell(name: string): name is keyof typeof scripts {
  return Object.hasOwn(scripts, name);
}
