import type { ServerResponse } from "node:http";
import {
  Inject,
  type MiddlewareConsumer,
  Module,
  type NestModule,
  RequestMethod,
} from "@nestjs/common";
import type {
  Engine,
  PrometheusMeter,
} from "../infrastructure/database/index.ts";
import { createMetrics } from "./metrics.ts";
import { ENGINE } from "./tokens.ts";

/** Answers `GET /metrics` as it is, past interceptors and whatever else shapes the answers of controllers. */
@Module({})
export class MetricsModule implements NestModule {
  readonly #metrics: PrometheusMeter;

  constructor(@Inject(ENGINE) engine: Engine) {
    this.#metrics = createMetrics(engine);
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply((_request: unknown, response: ServerResponse) => {
        response.setHeader("Content-Type", this.#metrics.contentType);
        response.end(this.#metrics.text());
      })
      .forRoutes({ path: "metrics", method: RequestMethod.GET });
  }
}
