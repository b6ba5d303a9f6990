/** How an engine comes to rest; new callers are refused at once in every mode. */
export const DrainingMode = {
  /** Serves who already waits and lets everybody finish; cancels and closes what is left at the deadline. */
  GRACEFUL: "graceful",
  /** Refuses who waits and closes what is idle; busy connections finish and are closed on return, without waiting for them. */
  IMMEDIATE: "immediate",
  /** Refuses who waits, cancels running statements on the server and closes every connection. */
  FORCE: "force",
} as const;

export type DrainingMode = (typeof DrainingMode)[keyof typeof DrainingMode];
