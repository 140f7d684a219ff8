/** Numbers that a person keeps: the black list, the white list, and who wants no more texts. */
export const numberLists = ['blocked', 'allowed', 'opted-out'] as const;
export type NumberList = (typeof numberLists)[number];
