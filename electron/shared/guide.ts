/** Sections of the user guide that messages lead to, by the fragment of their heading. */
export const GUIDE_SECTIONS = ['proxies-and-certificates'] as const
export type GuideSection = (typeof GUIDE_SECTIONS)[number]
