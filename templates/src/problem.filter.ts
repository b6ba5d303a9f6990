import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  type HttpServer,
} from "@nestjs/common";
import { toProblem } from "./problems.ts";
import { RequestError } from "./request-error.ts";

/** Answers every error as the other examples do, Nest's own included. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #adapter: HttpServer;

  constructor(adapter: HttpServer) {
    this.#adapter = adapter;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const { statusCode, body } = toProblem(withStatusCode(error));
    const response = host.switchToHttp().getResponse<unknown>();
    this.#adapter.reply(response, body, statusCode);
  }
}

/** Nest keeps the code of its errors in `status`; by `instanceof` a second copy of Nest would not be recognised. */
function withStatusCode(error: unknown): unknown {
  return error instanceof Error &&
    "status" in error &&
    typeof error.status === "number"
    ? new RequestError(error.status, error.message)
    : error;
}
