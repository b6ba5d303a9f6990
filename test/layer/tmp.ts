import { withPostgres } from "../support/engines.ts";
import { stopOwnServer } from "../support/postgres.ts";
import { refusedStatements, schema } from "./resilience-sqlstates.ts";
import { DatabaseErrorClassifier as D } from "../../templates/infrastructure/database/resilience/classifier.ts";
console.warn=()=>{};
await withPostgres(async (engine) => {
  await engine.sequelize.query(schema);
  for (const [state, category, sql] of refusedStatements) {
    const e: any = await engine.begin((transaction)=>engine.sequelize.query(sql,{transaction})).then(()=>null,(x:unknown)=>x);
    const code = e?.parent?.code ?? e?.code;
    if (code!==state || D.classify(e)!==category) console.log(state, category, "→", code, D.classify(e), String(e).slice(0,200));
  }
  console.log(refusedStatements.length, (await engine.sequelize.query("select version()"))[0]);
});
await stopOwnServer();
