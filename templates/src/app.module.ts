import {
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationShutdown,
} from "@nestjs/common";
import type { Engine } from "../infrastructure/database/index.ts";
import { HealthController } from "./health.controller.ts";
// {{#if observability}}
import { MetricsModule } from "./metrics.module.ts";
// {{/if}}
import { createNotes } from "./notes.ts";
import { NotesController } from "./notes.controller.ts";
import { ENGINE, NOTES } from "./tokens.ts";
import { createUnitOfWork } from "./unit-of-work.ts";

/** The application; other modules get the engine by `@Inject(ENGINE)`. */
@Module({})
export class AppModule implements OnApplicationShutdown {
  readonly #engine: Engine;

  constructor(@Inject(ENGINE) engine: Engine) {
    this.#engine = engine;
  }

  /** The application on this database. */
  static of(engine: Engine): DynamicModule {
    const notes = createNotes(createUnitOfWork(engine));
    return {
      module: AppModule,
      global: true,
      // {{#if observability}}
      imports: [MetricsModule],
      // {{/if}}
      controllers: [HealthController, NotesController],
      providers: [
        { provide: ENGINE, useValue: engine },
        { provide: NOTES, useValue: notes },
      ],
      exports: [ENGINE],
    };
  }

  /** The last hook of `app.close()`: whatever used the database has ended. */
  async onApplicationShutdown(): Promise<void> {
    await this.#engine.dispose();
  }
}
