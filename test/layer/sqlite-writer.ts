/** A process that adds to one counter: `sqlite-writer.ts <file> <times>`; prints how often it failed. */
import { QueryTypes } from "sequelize";
import { engineFor } from "../support/engines.ts";

async function main(): Promise<void> {
  const [, , file = "", times = "0"] = process.argv;
  const engine = engineFor({ url: `sqlite:///${file}` });
  let failed = 0;
  for (let turn = 0; turn < Number(times); turn++) {
    await engine
      .begin(async (transaction) => {
        const [row] = await engine.sequelize.query<{ n: number }>(
          "SELECT n FROM counter",
          { transaction, type: QueryTypes.SELECT },
        );
        await engine.sequelize.query("UPDATE counter SET n = $1", {
          bind: [(row?.n ?? 0) + 1],
          transaction,
        });
      })
      .catch(() => failed++);
  }
  await engine.dispose();
  console.log(failed);
}

void main();
