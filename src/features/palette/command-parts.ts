import type { Component } from 'vue'

/** A command as its subject tells it. */
export interface CommandParts {
  readonly key: string
  readonly label: string
  /** Other words that people look for it by. */
  readonly also?: string
  readonly icon: Component
  readonly keys?: string
  readonly isCurrent?: boolean
  readonly run: () => void
}
