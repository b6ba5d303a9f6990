/** Throw-away certificates, made as they are needed: no key lies in the repository. */
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** A certificate and its key as PEM text. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority that can sign others. */
export interface Authority extends Certificate {
  readonly issue: (options: {
    readonly name: string;
    readonly dnsNames?: readonly string[];
    readonly addresses?: readonly string[];
  }) => Certificate;
}

/** A new certificate authority, valid for a day. */
export function createAuthority(name: string): Authority {
  const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const basicConstraints = extension("551d13", sequence(boolean(true)));
  const own = certify(name, keys.publicKey, name, keys.privateKey, [
    basicConstraints,
  ]);
  return {
    cert: own,
    key: exportKey(keys.privateKey),
    issue({ name: subject, dnsNames = [], addresses = [] }) {
      const { publicKey, privateKey } = generateKeyPairSync("ec", {
        namedCurve: "P-256",
      });
      const names = [
        ...dnsNames.map((dns) => der(0x82, Buffer.from(dns))),
        ...addresses.map((ip) =>
          der(0x87, Buffer.from(ip.split(".").map(Number))),
        ),
      ];
      const extensions =
        names.length === 0 ? [] : [extension("551d11", sequence(...names))];
      return {
        cert: certify(subject, publicKey, name, keys.privateKey, extensions),
        key: exportKey(privateKey),
      };
    },
  };
}

let serial = 1;

/** An X.509 version 3 certificate (RFC 5280), signed with ECDSA and SHA-256. */
function certify(
  subject: string,
  publicKey: KeyObject,
  issuer: string,
  issuerKey: KeyObject,
  extensions: readonly Buffer[],
): string {
  const algorithm = sequence(oid("2a8648ce3d040302"));
  const day = 86_400_000;
  serial += 1;
  const content = sequence(
    der(0xa0, integer(2)),
    integer(serial),
    algorithm,
    distinguishedName(issuer),
    sequence(time(Date.now() - day), time(Date.now() + day)),
    distinguishedName(subject),
    publicKey.export({ type: "spki", format: "der" }),
    ...(extensions.length === 0 ? [] : [der(0xa3, sequence(...extensions))]),
  );
  const signature = sign("sha256", content, issuerKey);
  return toPem(sequence(content, algorithm, bitString(signature)));
}

function exportKey(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

function toPem(content: Buffer): string {
  const lines = content.toString("base64").match(/.{1,64}/g) ?? [];
  return [
    "-----BEGIN CERTIFICATE-----",
    ...lines,
    "-----END CERTIFICATE-----",
    "",
  ].join("\n");
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, "hex"));
}

function integer(value: number): Buffer {
  return der(0x02, Buffer.from([value]));
}

function boolean(value: boolean): Buffer {
  return der(0x01, Buffer.from([value ? 0xff : 0]));
}

function bitString(content: Buffer): Buffer {
  return der(0x03, Buffer.from([0]), content);
}

/** UTCTime. */
function time(moment: number): Buffer {
  const digits = new Date(moment).toISOString().replaceAll(/\D/g, "");
  return der(0x17, Buffer.from(`${digits.slice(2, 14)}Z`));
}

/** A name of one part, the common name. */
function distinguishedName(name: string): Buffer {
  const value = der(0x0c, Buffer.from(name));
  return sequence(der(0x31, sequence(oid("550403"), value)));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), der(0x04, value));
}
