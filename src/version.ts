import packageJson from "../package.json" with { type: "json" };

/** This tool's version. */
export const toolVersion: string = packageJson.version;
