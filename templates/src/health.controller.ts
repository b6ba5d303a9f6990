import { Controller, Get, Inject, Res } from "@nestjs/common";
import type { Engine } from "../infrastructure/database/index.ts";
import { liveness, readiness, type Readiness } from "./health.ts";
import { ENGINE } from "./tokens.ts";

/** The response of the web framework below Nest, as far as it is needed. */
interface WithStatus {
  status(statusCode: number): unknown;
}

@Controller("health")
export class HealthController {
  readonly #engine: Engine;

  constructor(@Inject(ENGINE) engine: Engine) {
    this.#engine = engine;
  }

  @Get("live")
  live(): typeof liveness {
    return liveness;
  }

  @Get("ready")
  async ready(
    @Res({ passthrough: true }) response: WithStatus,
  ): Promise<Readiness["body"]> {
    const { statusCode, body } = await readiness(this.#engine);
    response.status(statusCode);
    return body;
  }
}
