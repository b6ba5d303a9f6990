import { DatabaseLayerError } from "../errors.ts";

/** The connection was lost during COMMIT and the server says that nothing was stored: the work may run again. */
export class TransactionLostError extends DatabaseLayerError {
  constructor(cause: unknown) {
    super(
      "TRANSACTION_LOST",
      "The connection was lost during COMMIT and the server has rolled the transaction back: nothing was stored, run it again.",
      { cause },
    );
  }
}
