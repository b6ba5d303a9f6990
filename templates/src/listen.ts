import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { readAddress } from "./address.ts";

/** Starts to accept requests and returns the server's URL. */
export async function listen(server: Server): Promise<string> {
  const { host, port } = readAddress();
  server.listen(port, host);
  await once(server, "listening");
  const { address, family, port: bound } = server.address() as AddressInfo;
  const name = family === "IPv6" ? `[${address}]` : address;
  return `http://${name}:${bound}`;
}
