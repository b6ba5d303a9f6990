import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { type Tree, writeTree } from "./trees.ts";

const repository = join(import.meta.dirname, "../..");

/** Where tests keep what they may use again. */
export const testCache = join(repository, ".test-cache");

/** Lends a committed git repository with these files, whose node_modules is the repository's own. */
export async function withProject<T>(
  tree: Tree,
  work: (folder: string) => Promise<T> | T,
  packages = join(repository, "node_modules"),
): Promise<T> {
  mkdirSync(testCache, { recursive: true });
  const folder = mkdtempSync(join(testCache, "fixture-"));
  try {
    writeTree(folder, { ".gitignore": "node_modules\n", ...tree });
    symlinkSync(packages, join(folder, "node_modules"));
    git(folder, "init", "--quiet");
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--message", "before");
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs git with settings of its own. */
export function git(folder: string, ...args: string[]): string {
  const settings = { "user.name": "test", "user.email": "test@example.com" };
  const flags = Object.entries(settings).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  return execFileSync("git", [...flags, ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Runs a program of the repository's node_modules in a folder; its output when it fails, else undefined. */
export function runProgram(
  folder: string,
  script: string,
  ...args: string[]
): string | undefined {
  try {
    const program = join(repository, "node_modules", script);
    execFileSync(process.execPath, [program, ...args], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    return undefined;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr;
  }
}

function json(value: unknown, indent = 2): string {
  return `${JSON.stringify(value, null, indent)}\n`;
}

/** An Express application as it is usually written: CommonJS, compiled from src, formatted with Prettier. */
export const expressProject: Tree = {
  "package.json": json(
    {
      name: "shop",
      version: "1.0.0",
      private: true,
      scripts: {
        build: "tsc",
        start: "node dist/server.js",
        test: "jest",
      },
      dependencies: { express: "^5.3.0", zod: "^4.0.0" },
      devDependencies: {
        "@types/express": "^5.0.6",
        "@types/node": "^20.19.43",
        eslint: "^10.15.0",
        prettier: "^3.10.1",
        typescript: "^5.9.3",
      },
    },
    4,
  ),
  "package-lock.json": json({ name: "shop", lockfileVersion: 3, packages: {} }),
  "tsconfig.json": `{
    "compilerOptions": {
        "target": "es2022",
        "module": "commonjs",
        "moduleResolution": "node10",
        "rootDir": "./src", // everything lies there
        "outDir": "./dist",
        "strict": true,
        "esModuleInterop": true,
        "forceConsistentCasingInFileNames": true,
        "skipLibCheck": true
    },
    "include": ["src"]
}
`,
  ".prettierrc": json({ singleQuote: true, semi: false, tabWidth: 4 }, 4),
  ".prettierignore": "package-lock.json\n.bento/base.txt\n",
  "eslint.config.mjs": `import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
    js.configs.recommended,
    tseslint.configs.recommended,
);
`
    .replaceAll('"', "'")
    .replaceAll(";", ""),
  "src/server.ts": `import express from 'express'

const app = express()

app.get('/', (_request, response) => {
    response.json({ ok: true })
})

app.listen(Number(process.env.PORT ?? 3000))
`,
  ".env.example": "PORT=3000\n",
};

/** A Fastify application in ES modules under NodeNext. */
export const fastifyProject: Tree = {
  "package.json": json({
    name: "api",
    version: "1.0.0",
    type: "module",
    scripts: { build: "tsc", dev: "tsx watch src/main.ts" },
    dependencies: { fastify: "^5.12.8" },
    devDependencies: {
      "@types/node": "^20.19.43",
      tsx: "^4.23.15",
      typescript: "^6.0.3",
    },
  }),
  "tsconfig.json": json({
    compilerOptions: {
      target: "es2023",
      module: "nodenext",
      types: ["node"],
      rootDir: "src",
      outDir: "dist",
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
      skipLibCheck: true,
    },
    include: ["src"],
  }),
  "src/main.ts": `import { fastify } from "fastify";
import { port } from "./port.js";

const app = fastify();
app.get("/", () => ({ ok: true }));
await app.listen({ port });
`,
  "src/port.ts": "export const port = Number(process.env.PORT ?? 3000);\n",
};

/** What `nest new` writes, less its tests. */
export const nestProject: Tree = {
  "package.json": json({
    name: "cats",
    version: "0.0.1",
    private: true,
    license: "UNLICENSED",
    scripts: {
      build: "nest build",
      start: "nest start",
      "start:dev": "nest start --watch",
      test: "jest",
    },
    dependencies: {
      "@nestjs/common": "^11.0.1",
      "@nestjs/core": "^11.0.1",
      "reflect-metadata": "^0.2.2",
      rxjs: "^7.8.1",
    },
    devDependencies: {
      "@types/node": "^22.10.7",
      jest: "^30.0.0",
      prettier: "^3.4.2",
      typescript: "^5.7.3",
    },
    jest: { rootDir: "src", testRegex: String.raw`.*\\.spec\\.ts$` },
  }),
  "nest-cli.json": json({ sourceRoot: "src" }),
  "tsconfig.json": json({
    compilerOptions: {
      module: "nodenext",
      moduleResolution: "nodenext",
      resolvePackageJsonExports: true,
      esModuleInterop: true,
      isolatedModules: true,
      declaration: true,
      removeComments: true,
      emitDecoratorMetadata: true,
      experimentalDecorators: true,
      allowSyntheticDefaultImports: true,
      target: "ES2023",
      sourceMap: true,
      outDir: "./dist",
      baseUrl: "./",
      incremental: true,
      skipLibCheck: true,
      strictNullChecks: true,
      forceConsistentCasingInFileNames: true,
      noImplicitAny: false,
      strictBindCallApply: false,
      noFallthroughCasesInSwitch: false,
    },
  }),
  ".prettierrc": json({ singleQuote: true, trailingComma: "all" }),
  ".prettierignore": "dist\n*.txt\n",
  "src/app.service.ts": `import { Injectable } from '@nestjs/common';

@Injectable()
export class AppService {
  getHello(): string {
    return 'Hello World!';
  }
}
`,
  "src/main.ts": `import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import { AppService } from './app.service';

@Module({ providers: [AppService] })
class AppModule {}

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await app.listen(process.env.PORT ?? 3000);
}
void bootstrap();
`,
};
