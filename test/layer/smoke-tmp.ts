import { createTestDatabase, stopOwnServer } from "../support/postgres.ts";
import { StatementProxy } from "../support/statement-proxy.ts";
import { DatabaseConfig } from "../../templates/infrastructure/database/config/database-config.ts";
import { createEngineFromConfig } from "../../templates/infrastructure/database/engine.ts";
import { retryTransaction } from "../../templates/infrastructure/database/resilience/transaction-retry.ts";

const db = await createTestDatabase();
const proxy = await StatementProxy.start(db.url);
const engine = createEngineFromConfig(new DatabaseConfig({ url: proxy.url }, {env:{}, envFile:false}));
await engine.sequelize.query("CREATE TABLE t (id int)");
for (const fate of ["lose answer", "lose statement", "strand"] as const) {
  let n = 0;
  proxy.judge = (sql) => (/^COMMIT/.test(sql) && n++ === 0 ? fate : "pass");
  for (const exactlyOnce of [true, false]) {
    n = 0;
    const t0 = performance.now();
    try {
      await retryTransaction(engine, async (transaction, attempt) => {
        await engine.sequelize.query("INSERT INTO t VALUES (1)", { transaction });
        return attempt;
      }, { exactlyOnce }).then((a) => console.log(fate, exactlyOnce, "attempt", a));
    } catch (e) { console.log(fate, exactlyOnce, String(e)); }
    console.log(Math.round(performance.now() - t0), "ms", (await engine.sequelize.query("SELECT count(*) FROM t"))[0]);
  }
}
proxy.judge = (sql) => (/^INSERT/.test(sql) ? "lose answer" : "pass");
await engine.sequelize.query("INSERT INTO t VALUES (2)").catch((e) => console.log(String(e), e.cause?.constructor.name));
await engine.dispose();
await proxy.stop(); await db.drop(); await stopOwnServer();
