import type { MailSettings } from '../contract/mail-settings.ts';

const connectionMs = 15_000;
const answerMs = 60_000;

/** A mail as it is handed over. */
export interface OutgoingMail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly replyTo?: string | undefined;
  readonly date: Date;
  readonly messageId: string;
}

/** A recipient whom the server did not take, though it took others: for now where `code` is below 500. */
export interface RefusedRecipient {
  readonly address: string;
  readonly code: number;
  readonly why: string;
}

/**
 * Hands a mail to the mail server of the settings; answers who is not to have it. Rejects with what the server or the
 * network said where nobody is.
 */
export async function handOver(
  mail: OutgoingMail,
  settings: MailSettings,
  host: string,
  password: string | undefined,
): Promise<RefusedRecipient[]> {
  const { mail_server_security: security, mail_server_user: user } = settings;
  const { createTransport } = await import('nodemailer'); // large, and needed only where mail leaves
  const transport = createTransport({
    host,
    port: settings.mail_server_port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: connectionMs,
    greetingTimeout: connectionMs,
    socketTimeout: answerMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { replyTo, to, ...rest } = mail;
  try {
    const { rejectedErrors = [] } = await transport.sendMail({
      ...rest,
      from: settings.mail_forward_from,
      to: [...to],
      ...(replyTo === undefined ? {} : { replyTo }),
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return rejectedErrors.map(({ recipient: address = '', responseCode: code = 0, message: why }) => ({
      address,
      code,
      why,
    }));
  } finally {
    transport.close();
  }
}
