/** What one check of `doctor` found. */
export interface Check {
  readonly name: string;
  /** `skipped`: an earlier failure leaves nothing to look at. */
  readonly status: "ok" | "warning" | "failed" | "skipped";
  readonly detail: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** A check that is fine. */
export function ok(name: string, detail: string): Check {
  return { name, status: "ok", detail };
}

/** A check that fails; `doctor` ends with exit code 1. */
export function failed(name: string, detail: string, remedy: string): Check {
  return { name, status: "failed", detail, remedy };
}

/** Something to look at that stops nothing. */
export function warning(name: string, detail: string, remedy: string): Check {
  return { name, status: "warning", detail, remedy };
}

/** A check that an earlier failure leaves out. */
export function skipped(name: string, detail: string): Check {
  return { name, status: "skipped", detail };
}
