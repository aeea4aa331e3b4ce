import type { Component } from 'vue'

/** A command as each subject's commands are declared. */
export interface CommandParts {
  readonly key: string
  readonly label: string
  /** Other words that find it. */
  readonly also?: string
  readonly icon: Component
  readonly keys?: string
  readonly isCurrent?: boolean
  readonly run: () => void
}
