/** Every sentence that tells the user what is, what happened and what to do; pure, in English, once. */
export * from './wording/account-lines'
export * from './wording/dates'
export * from './wording/durations'
export * from './wording/fields'
export * from './wording/problems'
export * from './wording/standings'
export * from './wording/storage'
export * from './wording/zones'
