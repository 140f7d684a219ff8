import { action, type Command } from './commands.ts';

const codeTimeoutMs = 20_000;

/** Unblocks a SIM whose PIN was wrong too often, and gives it a new PIN: TS 27.007 8.3. */
export function enterPuk(puk: string, newPin: string): Command<void> {
  return action(`AT+CPIN="${puk}","${newPin}"`, codeTimeoutMs);
}

/** Changes the PIN, TS 27.007 7.5: refused where the SIM does not ask for one. */
export function changePin(pin: string, newPin: string): Command<void> {
  return action(`AT+CPWD="SC","${pin}","${newPin}"`, codeTimeoutMs);
}

/** Makes the SIM ask for its PIN at every start, or no more: TS 27.007 7.4. */
export function switchPinQuery(on: boolean, pin: string): Command<void> {
  return action(`AT+CLCK="SC",${on ? 1 : 0},"${pin}"`, codeTimeoutMs);
}
