/** SQLite knows numbers, texts and bytes; dates and JSON are written the way Sequelize writes them. */
export function toSqliteValue(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return Number(value);
  if (value instanceof Date)
    return value.toISOString().replace("T", " ").replace("Z", " +00:00");
  const isText = typeof value !== "object" || ArrayBuffer.isView(value);
  return isText ? value : JSON.stringify(value);
}
