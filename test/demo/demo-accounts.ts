/** What the demo service knows. */
export const DEMO_ACCOUNTS = [
  { name: 'ACME Partner', type: 'Partner', apiKey: 'demo-key-partner' },
  { name: 'Northwind Trading', type: 'Company', apiKey: 'demo-key-northwind', partner: 'ACME Partner' },
  { name: 'Blue Harbour Foods', type: 'Company', apiKey: 'demo-key-harbour', partner: 'ACME Partner' },
] as const
