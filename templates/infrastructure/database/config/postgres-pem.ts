import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Kind, Reading } from "./kind.ts";
import { refused } from "./kind.ts";

/** One or more certificates: the path of a PEM file, or PEM text; the value is PEM text. */
export const certificate: Kind<string> = {
  expected: "a certificate: the path of a PEM file, or PEM text",
  read: (raw) => readPem(raw, checkCertificates),
};

/** A private key without passphrase: the path of a PEM file, or PEM text; the value is PEM text. */
export const privateKey: Kind<string> = {
  expected:
    "a private key without passphrase: the path of a PEM file, or PEM text",
  read: (raw) => readPem(raw, createPrivateKey),
};

/** Whether the key belongs to the certificate. */
export function keyFits(certificatePem: string, keyPem: string): boolean {
  return new X509Certificate(certificatePem).checkPrivateKey(
    createPrivateKey(keyPem),
  );
}

function readPem(
  raw: unknown,
  check: (pem: string) => unknown,
): Reading<string> {
  if (typeof raw !== "string" || raw.trim() === "") return refused;
  try {
    const pem = loadPem(raw.trim());
    check(pem);
    return { value: pem };
  } catch (error) {
    return { hint: explain(raw.trim(), error) };
  }
}

function loadPem(text: string): string {
  // Environments that cannot hold line breaks write them as \n.
  return isPemText(text)
    ? text.replaceAll("\\n", "\n")
    : readFileSync(text, "utf8");
}

function isPemText(text: string): boolean {
  return text.startsWith("-----BEGIN");
}

function checkCertificates(pem: string): void {
  const blocks = pem.match(
    /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs,
  );
  if (blocks === null) throw new Error("it holds no certificate");
  for (const block of blocks) new X509Certificate(block);
}

/** Says what is wrong without quoting OpenSSL, whose words help nobody. */
function explain(text: string, error: unknown): string {
  const code =
    error instanceof Error && "code" in error ? String(error.code) : "";
  if (isPemText(text)) return "the PEM text cannot be read: is it complete?";
  if (code === "ENOENT") {
    return "there is no such file; relative paths start at the working directory";
  }
  return /^E[A-Z]+$/.test(code) && !code.startsWith("ERR")
    ? `the file cannot be read (${code})`
    : "the file holds something else";
}
