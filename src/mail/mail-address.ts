import { recipient } from '../contract/phone-number.ts';
import { MailRefusal } from './mail-refusal.ts';

/** Whether mail of this address may become texts: it, or `@` and its domain, is among those allowed. */
export function isAllowedSender(address: string, allowed: readonly string[]): boolean {
  const wanted = address.toLowerCase();
  const domain = wanted.slice(wanted.lastIndexOf('@'));
  return allowed.some((entry) => [wanted, domain].includes(entry.toLowerCase()));
}

/**
 * The number that mail to `+15553000@sms.local` goes to. A number of nine digits or more may lack its plus,
 * or have `00` for it.
 *
 * @throws MailRefusal
 */
export function numberOfAddress(address: string, domain: string): string {
  const at = address.lastIndexOf('@');
  if (address.slice(at + 1).toLowerCase() !== domain.toLowerCase()) {
    throw new MailRefusal(550, `Texts go to numbers at ${domain}, for example +14155553000@${domain}`);
  }
  const local = address.slice(0, at);
  const number = local.replace(/^(?:00)?(?=[1-9]\d{8,14}$)/, '+');
  if (recipient.safeParse(number).success) return number;
  throw new MailRefusal(550, `"${local}" is no number; write +14155553000@${domain}, or a short code`);
}
