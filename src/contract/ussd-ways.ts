/** How the codes of USSD are written for a modem; `automatic` finds out what its model understands. */
export const ussdWays = ['automatic', 'plain', 'packed', 'ucs2'] as const;
export type UssdWay = (typeof ussdWays)[number];
