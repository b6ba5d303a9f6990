import { join, relative } from "node:path";
import type TypeScript from "typescript";
import { pause } from "../pause.ts";
import { silentProgress, type Progress } from "../progress.ts";
import type { Compiler } from "./compiler.ts";

/** Texts that take the place of what is on the disk, by path below the root; null takes a file away. */
export type Overlay = ReadonlyMap<string, string | null>;

/** One error of the type check. */
export interface TypeProblem {
  /** Below the root. */
  readonly path: string;
  /** From 0. */
  readonly line: number;
  readonly message: string;
  /** File, code and message: the same error at another place is the same. */
  readonly key: string;
}

/** Who may end the check, and who is told that it takes its time. */
export interface Surroundings {
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
}

export function describeProblem({ path, line, message }: TypeProblem): string {
  return `${path}:${line + 1}: ${message}`;
}

/** Checks the project, as it is or as it would be; what the trees have in common is read once. */
export class TypeCheck {
  readonly #root: string;
  readonly #ts: Compiler;
  readonly #options: TypeScript.CompilerOptions;
  readonly #own: readonly string[];
  readonly #parsed = new Map<string, TypeScript.SourceFile | undefined>();

  readonly #signal: AbortSignal | undefined;
  readonly #progress: Progress;

  /** `layer` are the paths of the layer's own modules. */
  constructor(
    root: string,
    ts: Compiler,
    layer: readonly string[],
    { signal, progress = silentProgress }: Surroundings = {},
  ) {
    this.#signal = signal;
    this.#progress = progress;
    this.#root = root.replaceAll("\\", "/");
    this.#ts = ts;
    const file = join(root, "tsconfig.json");
    const { config = {} } = ts.readConfigFile(file, (path) =>
      ts.sys.readFile(path),
    ) as { readonly config?: unknown };
    const { options, fileNames } = ts.parseJsonConfigFileContent(
      config,
      ts.sys,
      root,
    );
    this.#own = [
      ...new Set([...fileNames, ...layer.map((path) => this.#at(path))]),
    ];
    this.#options = {
      ...options,
      noEmit: true,
      skipLibCheck: true,
      incremental: false,
      composite: false,
      declaration: false,
      declarationMap: false,
    };
    delete this.#options.tsBuildInfoFile;
  }

  /** The errors of a tree; only those in these files where some are named, which is quicker by far. */
  async problems(
    overlay: Overlay,
    only?: ReadonlySet<string>,
  ): Promise<readonly TypeProblem[]> {
    this.#progress.start("Type-checking");
    try {
      return await this.#find(overlay, only);
    } finally {
      this.#progress.stop();
    }
  }

  async #find(
    overlay: Overlay,
    only: ReadonlySet<string> | undefined,
  ): Promise<readonly TypeProblem[]> {
    await pause(this.#signal);
    const texts = new Map(
      [...overlay].map(([path, text]) => [this.#at(path), text]),
    );
    const added = [...texts].flatMap(([path, text]) =>
      text !== null && /\.[cm]?tsx?$/.test(path) ? [path] : [],
    );
    const roots = [...new Set([...this.#own, ...added])].filter(
      (path) => texts.get(path) !== null,
    );
    const program = this.#ts.createProgram(
      roots,
      this.#options,
      this.#host(texts),
    );
    const files = program
      .getSourceFiles()
      .filter(({ fileName }) => this.#isOwn(fileName))
      .filter(({ fileName }) => only?.has(this.#below(fileName)) ?? true);
    const problems: TypeProblem[] = [];
    for (const file of files) {
      // The compiler holds the event loop for seconds, and Ctrl-C waits in it.
      await pause(this.#signal);
      const found = [
        ...program.getSyntacticDiagnostics(file),
        ...program.getSemanticDiagnostics(file),
      ];
      problems.push(...found.flatMap((one) => this.#problem(one)));
    }
    return problems;
  }

  #host(texts: ReadonlyMap<string, string | null>): TypeScript.CompilerHost {
    const host = this.#ts.createCompilerHost(this.#options, true);
    // As its command line does: comments take memory, and only few of them can be wrong. It has these since 5.3.
    const modes = this.#ts.JSDocParsingMode as
      typeof TypeScript.JSDocParsingMode | undefined;
    if (modes) host.jsDocParsingMode = modes.ParseForTypeErrors;
    const disk = { ...host };
    host.fileExists = (path) => {
      const text = texts.get(path);
      return text === undefined ? disk.fileExists(path) : text !== null;
    };
    host.readFile = (path) => {
      const text = texts.get(path);
      return text === undefined ? disk.readFile(path) : (text ?? undefined);
    };
    // A folder that only the overlay has counts too.
    delete host.directoryExists;
    host.getSourceFile = (path, version, ...rest) => {
      const text = texts.get(path);
      if (text === null) return undefined;
      if (text !== undefined) {
        return this.#ts.createSourceFile(path, text, version, true);
      }
      if (!this.#parsed.has(path)) {
        this.#parsed.set(path, disk.getSourceFile(path, version, ...rest));
      }
      return this.#parsed.get(path);
    };
    return host;
  }

  #problem(diagnostic: TypeScript.Diagnostic): TypeProblem[] {
    const { file, start = 0, code, messageText } = diagnostic;
    if (file === undefined) return [];
    const path = this.#below(file.fileName);
    const text = this.#ts.flattenDiagnosticMessageText(messageText, "\n");
    const { line } = file.getLineAndCharacterOfPosition(start);
    const message = `TS${code}: ${text.split("\n")[0] ?? ""}`;
    return [{ path, line, message, key: `${path} ${code} ${text}` }];
  }

  #isOwn(file: string): boolean {
    return (
      file.startsWith(`${this.#root}/`) && !file.includes("/node_modules/")
    );
  }

  #below(file: string): string {
    return relative(this.#root, file).replaceAll("\\", "/");
  }

  #at(path: string): string {
    return `${this.#root}/${path}`;
  }
}
