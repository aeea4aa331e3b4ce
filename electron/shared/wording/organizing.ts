import { isolated } from './messages'

export function noteSaved(name: string): string {
  return `Note of ${isolated(name)} saved`
}

export function tagsSaved(name: string): string {
  return `Tags of ${isolated(name)} saved`
}
