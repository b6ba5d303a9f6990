import type { Answers } from "../answers.ts";
import { minimumNode } from "../requirements/versions.ts";
import { failed, ok, type Check } from "./check.ts";

/** Whether Node.js is new enough for the answers. */
export function checkNode(answers: Answers, version: string): Check {
  const minimum = minimumNode(answers);
  const [major = 0, minor = 0] = numbersOf(version);
  const [wantedMajor = 0, wantedMinor = 0] = numbersOf(minimum);
  const enough =
    major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
  return enough
    ? ok("Node.js", version)
    : failed(
        "Node.js",
        `expected ${minimum} or newer, found ${version}`,
        "Install a newer Node.js from nodejs.org.",
      );
}

function numbersOf(version: string): number[] {
  return version.replace(/^v/, "").split(".").map(Number);
}
