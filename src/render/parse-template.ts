import Handlebars from "handlebars";
import { tagNames, type TagName } from "../tags.ts";
import {
  valueNames,
  type CompiledTemplate,
  type Segment,
  type ValueName,
} from "./segments.ts";

/** A Handlebars tag alone in a comment of TypeScript, Markdown or a dotenv, YAML or ignore file. */
const commentedTag =
  /^([ \t]*)(?:\/\/|#|<!--)[ \t]*(\{\{[#/][^{}\n]*\}\})[ \t]*(?:-->)?[ \t]*$/gm;

/** Uncovers the tags, so that what is left is Handlebars. */
export function uncoverTags(source: string): string {
  return source.replaceAll("\r\n", "\n").replaceAll(commentedTag, "$1$2");
}

/**
 * Parses a template into segments. Only `{{#if tag}}` blocks and `{{value}}` are allowed; anything else throws,
 * because at run time an unknown name would silently be false.
 */
export function parseTemplate(name: string, source: string): CompiledTemplate {
  const program = Handlebars.parse(uncoverTags(source));
  return readProgram(program, name);
}

function readProgram(
  program: hbs.AST.Program,
  template: string,
): CompiledTemplate {
  return program.body
    .map((statement) => readStatement(statement, template))
    .filter((segment) => segment !== "");
}

function readStatement(
  statement: hbs.AST.Statement,
  template: string,
): Segment {
  if (isContent(statement)) return statement.value;
  if (isValue(statement)) {
    return {
      value: known<ValueName>(nameOf(statement.path), valueNames, template),
    };
  }
  if (isBlock(statement)) return readBlock(statement, template);
  throw refused(template, `${statement.type} is not allowed`);
}

function readBlock(block: hbs.AST.BlockStatement, template: string): Segment {
  const [condition] = block.params;
  if (
    nameOf(block.path) !== "if" ||
    block.params.length !== 1 ||
    condition === undefined
  ) {
    throw refused(template, "the only block is {{#if tag}}");
  }
  if ((block.inverse as unknown) !== undefined) {
    throw refused(template, "{{else}} is not allowed");
  }
  const then = readProgram(block.program, template);
  if (then.some((segment) => typeof segment === "object" && "tag" in segment)) {
    throw refused(template, "blocks may not be nested");
  }
  return { tag: known<TagName>(nameOf(condition), tagNames, template), then };
}

function known<Name extends string>(
  name: string,
  names: readonly Name[],
  template: string,
): Name {
  const found = names.find((candidate) => candidate === name);
  if (found === undefined) {
    throw refused(
      template,
      `unknown name "${name}", expected one of ${names.join(", ")}`,
    );
  }
  return found;
}

function nameOf(expression: hbs.AST.Expression): string {
  return "original" in expression ? String(expression.original) : "";
}

function refused(template: string, reason: string): Error {
  return new Error(`templates/${template}: ${reason}.`);
}

function isContent(node: hbs.AST.Statement): node is hbs.AST.ContentStatement {
  return node.type === "ContentStatement";
}

function isValue(node: hbs.AST.Statement): node is hbs.AST.MustacheStatement {
  return node.type === "MustacheStatement";
}

function isBlock(node: hbs.AST.Statement): node is hbs.AST.BlockStatement {
  return node.type === "BlockStatement";
}
