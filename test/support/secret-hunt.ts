/** Looks for secrets where none may be: in plain text, and in the forms in which text is written down. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the secret looks like as UTF-8, UTF-16, hexadecimal digits, base64 and base64url, and in an address. */
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

/** In base64 a text looks three ways, by where in its surroundings it begins; the digits that they share are cut off. */
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

/** Those of the secrets that stand in `content` in any form, shortened. */
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

/** Files below `folder` that hold one of the secrets, and which one. */
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
