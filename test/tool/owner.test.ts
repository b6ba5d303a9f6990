/** Who counts as still at work. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { isAlive, isRunning, thisOwner } from "../../src/write/owner.ts";

test("owner – this process is alive, and a later one of the same number is another", () => {
  assert.ok(isAlive(thisOwner()));
  assert.not.ok(isAlive({ ...thisOwner(), host: hostname(), pid: 2 ** 30 }));
});

test("owner – a killed process that its parent has not waited for is dead: nobody is locked out by it", async () => {
  if (!existsSync("/proc/self/stat")) return;
  // The shell becomes a program that waits for nobody.
  const parent = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"]);
  try {
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(line.toString());
    const birth = fieldsOf(pid)[19] ?? "";
    const owner = { pid, host: hostname(), birth };
    assert.ok(isAlive(owner));
    await delay(200);
    process.kill(pid, "SIGKILL");
    for (let i = 0; i < 100 && fieldsOf(pid)[0] !== "Z"; i += 1)
      await delay(20);
    assert.is(fieldsOf(pid)[0], "Z", "nobody has waited for it");
    assert.not.ok(isRunning(pid));
    assert.not.ok(isAlive(owner));
  } finally {
    parent.kill("SIGKILL");
  }
});

function fieldsOf(pid: number): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

test.run();
