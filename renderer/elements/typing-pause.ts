/**
 * So long the typing has to pause, in milliseconds: until something is looked for, or until a text is counted, which is
 * seen to follow the hand.
 */
export const typingPauseMs = { find: 300, count: 120 } as const;
