/** A text on its way to a path below the project. */
export interface Formattable {
  readonly path: string;
  readonly text: string;
}
