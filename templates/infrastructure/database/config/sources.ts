/** Where a configuration comes from besides code. */
export interface ConfigSources {
  /** The environment; `process.env` by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The dotenv file, which must exist when named; false for none; by default `.env` if there is one. */
  readonly envFile?: string | false;
}
