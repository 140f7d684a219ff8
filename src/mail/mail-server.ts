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

/** Hands a mail to the mail server of the settings. Rejects with what the server or the network said. */
export async function handOver(
  mail: OutgoingMail,
  settings: MailSettings,
  host: string,
  password: string | undefined,
): Promise<void> {
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
    await transport.sendMail({
      ...rest,
      from: settings.mail_forward_from,
      to: [...to],
      ...(replyTo === undefined ? {} : { replyTo }),
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  } finally {
    transport.close();
  }
}
