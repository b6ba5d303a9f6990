/** A moment in the form that migrations begin with: `20260131093000`, in UTC. */
export function timestampOf(moment: Date): string {
  return moment
    .toISOString()
    .replace(/\.\d+Z$/, "")
    .replaceAll(/\D/g, "");
}

/** The timestamp, or the second after the newest migration when that is later: order of writing is order of running. */
export function nextTimestamp(
  timestamp: string,
  versions: readonly string[],
): string {
  const taken = versions
    .map((file) => /^\d{14}(?=[-_])/.exec(file)?.[0])
    .flatMap((prefix) =>
      prefix !== undefined && isMoment(prefix) ? prefix : [],
    )
    .sort();
  const newest = taken.at(-1);
  if (newest === undefined || newest < timestamp) return timestamp;
  return timestampOf(new Date(momentOf(newest) + 1000));
}

function isMoment(prefix: string): boolean {
  const moment = momentOf(prefix);
  return !Number.isNaN(moment) && timestampOf(new Date(moment)) === prefix;
}

function momentOf(prefix: string): number {
  return Date.parse(
    prefix.replace(
      /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/,
      "$1-$2-$3T$4:$5:$6Z",
    ),
  );
}
