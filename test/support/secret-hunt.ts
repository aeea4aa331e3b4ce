/** Looks for secrets in plain text where none may be. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Which of the secrets stand in these lines, by their beginnings. */
export function linesHolding(lines: readonly string[], secrets: readonly string[]): string[] {
  const text = lines.join('\n')
  return secrets.filter((secret) => text.includes(secret)).map((secret) => `${secret.slice(0, 12)}…`)
}

/** Files below `folder` that hold one of the secrets, as UTF-8 or UTF-16 text, and which one. */
export function filesHolding(folder: string, secrets: readonly string[]): string[] {
  const needles = secrets.flatMap((secret) => [
    { secret, bytes: Buffer.from(secret, 'utf8') },
    { secret, bytes: Buffer.from(secret, 'utf16le') },
  ])
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name)
      const content = readFileSync(path)
      return needles
        .filter(({ bytes }) => content.includes(bytes))
        .map(({ secret }) => `${path} holds ${secret.slice(0, 12)}…`)
    })
}
