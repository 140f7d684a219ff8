/** Who signs in to the pages: somebody who may do everything, or somebody who only looks. */
export const roles = ['administrator', 'reader'] as const;
export type Role = (typeof roles)[number];
