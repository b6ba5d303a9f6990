import { connect, isIP, type Socket } from "node:net";
import { type ConnectionOptions, connect as secure } from "node:tls";

/** Which statement to stop, and where its server listens. */
export interface CancelTarget {
  /** Host name, address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly ssl: false | ConnectionOptions;
  readonly processID: number;
  readonly secretKey: number;
}

const cancelCode = 80877102;
const sslRequestCode = 80877103;

/**
 * Sends PostgreSQL's CancelRequest: it needs no free connection slot, no password, and works through
 * PgBouncer (protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS). Never rejects; takes at most `timeoutMs`.
 */
export function cancelStatement(
  target: CancelTarget,
  timeoutMs: number,
): Promise<void> {
  const { host, port, ssl } = target;
  const socket = host.startsWith("/")
    ? connect(`${host}/.s.PGSQL.${port}`)
    : connect(port, host);
  const packet = words(16, cancelCode, target.processID, target.secretKey);
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.destroy(), timeoutMs);
    // A cancel that fails changes nothing: the caller closes the connection anyway.
    socket.on("error", () => undefined);
    socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    socket.once("connect", () => {
      if (ssl === false) socket.end(packet);
      else sendEncrypted(socket, host, ssl, packet);
    });
  });
}

function sendEncrypted(
  socket: Socket,
  host: string,
  ssl: ConnectionOptions,
  packet: Buffer,
): void {
  socket.write(words(8, sslRequestCode));
  socket.once("data", (answer) => {
    if (answer.toString() !== "S") {
      socket.destroy();
      return;
    }
    const servername = isIP(host) === 0 ? { servername: host } : {};
    const encrypted = secure({ ...servername, host, ...ssl, socket }, () => {
      encrypted.end(packet);
    });
    encrypted.on("error", () => socket.destroy());
  });
}

/** 32-bit words in network order. */
function words(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries())
    buffer.writeInt32BE(value, index * 4);
  return buffer;
}
