/** One word of the network in a USSD dialogue. */
export interface UssdReply {
  /** 0 the dialogue is over, 1 an answer is wanted, 4 not supported (27.007 7.15). */
  readonly status: 0 | 1 | 4;
  readonly text?: string;
}

/** A menu such as prepaid operators have: `*100#` tells the balance, `*101#` asks what to do. */
export function balanceMenu(input: string, inDialogue: boolean): UssdReply {
  if (inDialogue) return answerToMenu(input);
  if (input === '*100#') return { status: 0, text: 'Your balance is 12.34 EUR.\nValid until 2027-06-30.' };
  if (input === '*101#') return { status: 1, text: 'Postern Test Network\n1 Balance\n2 My number\n0 End' };
  return { status: 4 };
}

function answerToMenu(input: string): UssdReply {
  if (input === '1') return { status: 0, text: 'Your balance is 12.34 EUR.' };
  if (input === '2') return { status: 0, text: 'See AT+CNUM.' };
  return { status: 0, text: 'Goodbye.' };
}
