/** Whether a text still has the markers of an earlier merge that nobody resolved. */
export function hasMarkers(text: string): boolean {
  return /^<{7} .*$[^]*^={7}\r?$[^]*^>{7} .*$/m.test(text);
}
