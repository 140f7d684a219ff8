import { isUtf8 } from 'node:buffer';
import type { MailSettings } from '../contract/mail-settings.ts';
import { codePointCount } from '../contract/message.ts';
import { MailRefusal } from './mail-refusal.ts';

/** A mail as it becomes a text. */
export interface MailText {
  readonly body: string;
  /** Its Message-ID: a mail that is delivered twice becomes one text. */
  readonly messageId: string | undefined;
}

type Rules = Pick<MailSettings, 'mail_long' | 'mail_longest' | 'mail_subject'>;

/** Begins a signature (RFC 3676, 4.3). */
const signature = /(?:^|\n)-- \n/;
const ellipsis = '…';
/** What mail programs put for layout alone; one such character would make a text UCS-2, and twice as long. */
const layoutBlanks = /[\u00a0\u2007\u202f]/g;
const layoutMarks = /[\u00ad\u200b\ufeff]/g;

/**
 * The text that a mail holds, by the rules that a person has set.
 *
 * @param octets the whole mail, headers and all
 * @throws MailRefusal where it holds none, too much, or is an automatic reply
 */
export async function readMail(octets: Buffer, rules: Rules): Promise<MailText> {
  const { simpleParser } = await import('mailparser'); // large, and needed only where mail comes
  const mail = await simpleParser(inKnownCharset(octets), {
    skipTextToHtml: true,
    skipImageLinks: true,
    checksumAlgo: false,
  }).catch((error: Error) => {
    throw new MailRefusal(554, `The mail cannot be read: ${error.message}`);
  });
  const automatic = String(mail.headers.get('auto-submitted') ?? 'no').toLowerCase();
  if (automatic.startsWith('auto-replied')) {
    throw new MailRefusal(550, 'Automatic replies are not sent as texts');
  }
  const written =
    plain(mail.text ?? '')
      .split(signature, 1)[0]
      ?.trim() ?? '';
  const subject = plain(mail.subject ?? '').trim();
  const withSubject = rules.mail_subject === 'prepend' || written === '';
  const body = [withSubject ? subject : '', written].filter(Boolean).join('\n');
  if (body === '') throw new MailRefusal(550, 'The mail holds no text');
  return { body: fitted(body, rules), messageId: mail.messageId };
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(layoutBlanks, ' ').replace(layoutMarks, '');
}

/** ASCII has no octets above 127, and a charset that is called unknown says nothing. */
const namedCharset = /charset\s*=(?!\s*"?(?:us-ascii|ascii|unknown-8bit|x-unknown)\b)/i;

/**
 * Devices that name no character set, or ASCII, send octets above 127 all the same. Those that are not UTF-8 are
 * Windows-1252: read as UTF-8 their umlauts would be lost.
 */
function inKnownCharset(octets: Buffer): Buffer {
  if (isUtf8(octets) || namedCharset.test(octets.toString('latin1'))) return octets;
  return Buffer.from(new TextDecoder('windows-1252').decode(octets));
}

function fitted(body: string, { mail_long, mail_longest }: Rules): string {
  const length = codePointCount(body);
  if (length <= mail_longest) return body;
  if (mail_long === 'cut') return `${[...body].slice(0, mail_longest - 1).join('')}${ellipsis}`;
  throw new MailRefusal(552, `The text has ${length} characters; at most ${mail_longest} are sent`);
}
