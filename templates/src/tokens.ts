/** What is injected by name: these are values and interfaces, not classes that Nest could find by themselves. */
export const ENGINE = Symbol("engine");
export const NOTES = Symbol("notes");
