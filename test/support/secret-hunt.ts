/** Searches for secrets where none may be: in plain text and in common encodings. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The secret in UTF-8, UTF-16, hexadecimal, base64, base64url and URL encoding. */
export function formsOf(secret: string): readonly Buffer[] {
  const texts = [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('hex'),
    Buffer.from(secret).toString('hex').toUpperCase(),
    ...base64Of(secret),
  ]
  return [...new Set(texts)].flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')])
}

/** Base64 has three forms of a text, depending on its offset; digits shared with its surroundings are cut off. */
function base64Of(secret: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)])
    const [from, to] = [Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6)]
    return (['base64', 'base64url'] as const).map((encoding) => bytes.toString(encoding).slice(from, to))
  })
}

/** Only as text: for many secrets in many files. */
export function plainFormsOf(secret: string): readonly Buffer[] {
  return [Buffer.from(secret, 'utf8'), Buffer.from(secret, 'utf16le')]
}

/** The secrets that `content` contains in any form, shortened. */
export function secretsIn(
  content: Buffer | string,
  secrets: readonly string[],
  forms: typeof formsOf = formsOf,
): string[] {
  const bytes = Buffer.from(content)
  return secrets
    .filter((secret) => forms(secret).some((form) => bytes.includes(form)))
    .map((secret) => `${secret.slice(0, 20)}…`)
}

/** Files below `folder` that contain one of the secrets, and which one. */
export function filesHolding(
  folder: string,
  secrets: readonly string[],
  forms: typeof formsOf = formsOf,
): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name)
      return secretsIn(readFileSync(path), secrets, forms).map((secret) => `${path} holds ${secret}`)
    })
}
