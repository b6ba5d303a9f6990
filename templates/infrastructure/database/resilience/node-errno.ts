import { type ErrorVerdict, verdicts } from "./error-verdict.ts";

/**
 * Codes of Node's sockets, resolver and TLS (nodejs.org/api/errors.html, errno(3)). A socket that cannot be opened has
 * sent nothing; one that breaks later may have delivered a statement whose answer is lost.
 */
const errnos: readonly (readonly [ErrorVerdict, readonly string[]])[] = [
  [verdicts.unreachable, ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]],
  [verdicts.unreachable, ["EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN"]],
  [verdicts.unreachable, ["ENETDOWN", "EADDRNOTAVAIL"]],
  [verdicts.lost, ["ECONNRESET", "EPIPE", "ETIMEDOUT", "ECONNABORTED"]],
  [verdicts.lost, ["ENOTCONN", "ESHUTDOWN", "EPROTO", "ERR_SOCKET_CLOSED"]],
  [verdicts.lost, ["ERR_STREAM_DESTROYED", "ERR_STREAM_WRITE_AFTER_END"]],
  [verdicts.lost, ["ERR_STREAM_PREMATURE_CLOSE"]],
  [verdicts.shortage, ["EMFILE", "ENFILE", "ENOBUFS"]],
  [verdicts.permanent, ["EACCES", "EINVAL", "ERR_INVALID_URL"]],
  [verdicts.permanent, ["DEPTH_ZERO_SELF_SIGNED_CERT"]],
  [verdicts.permanent, ["SELF_SIGNED_CERT_IN_CHAIN"]],
  [verdicts.permanent, ["UNABLE_TO_VERIFY_LEAF_SIGNATURE"]],
  [verdicts.permanent, ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY"]],
  [verdicts.permanent, ["ERR_TLS_CERT_ALTNAME_INVALID"]],
];

const verdictOfErrno = new Map(
  errnos.flatMap(([verdict, names]) =>
    names.map((name): [string, ErrorVerdict] => [name, verdict]),
  ),
);

/** The verdict on an error of Node's network layer; undefined when it carries no known code. */
export function judgeErrno(error: object): ErrorVerdict | undefined {
  const code: unknown = Reflect.get(error, "code");
  if (typeof code !== "string") return undefined;
  if (code.startsWith("CERT_")) return verdicts.permanent;
  // A missing file is no database matter, unless it is the server's Unix socket.
  if (code === "ENOENT" && Reflect.get(error, "syscall") === "connect")
    return verdicts.unreachable;
  return verdictOfErrno.get(code);
}
