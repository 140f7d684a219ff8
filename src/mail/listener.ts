import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Clock } from '../clock.ts';
import type { MailSettings } from '../contract/mail-settings.ts';
import type { Logger } from '../log.ts';
import type { Bringer, Door } from '../messages/door.ts';
import type { KeyHolder, KeyStore } from '../store/key-store.ts';
import { isAllowedSender, numberOfAddress } from './mail-address.ts';
import { MailRefusal } from './mail-refusal.ts';
import { readMail } from './mail-text.ts';
import { UnfinishedMails } from './unfinished-mails.ts';

export interface ListenerDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly door: Pick<Door, 'submit'>;
  readonly keys: Pick<KeyStore, 'authenticate' | 'isActive'>;
  /** Counts a mail of this key; false where it is one too many just now. */
  readonly allows: (holder: KeyHolder) => boolean;
  readonly settings: () => MailSettings;
  /** What stands after the number in an address, for example `sms.local`. */
  readonly domain: string;
}

const largestMailOctets = 1 << 20;
const mostClients = 20;
const mostRecipients = 100;
const loopback = /^(?:127\.|::1$|localhost$)/;

/** Who brings a text that came by mail from an allowed sender, without a key. */
const mailBringer: Bringer = { id: 'mail', scopes: ['sms:send'] };

type Done = (error?: Error | null) => void;

/**
 * Takes mail to `+15553000@sms.local` as texts. On loopback an allowed sender is enough; elsewhere, where anybody could
 * claim to be one, an API key is asked for too.
 */
export class MailListener {
  readonly #dependencies: ListenerDependencies;
  readonly #server: SMTPServer;
  readonly #unfinished: UnfinishedMails;
  readonly #host: string;
  readonly #port: number;

  constructor(dependencies: ListenerDependencies, host: string, port: number) {
    this.#dependencies = dependencies;
    this.#unfinished = new UnfinishedMails(dependencies.clock);
    this.#host = host;
    this.#port = port;
    this.#server = new SMTPServer({
      name: 'postern',
      banner: 'Postern takes mail to numbers as texts',
      size: largestMailOctets,
      maxClients: mostClients,
      maxRecipients: mostRecipients,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      allowInsecureAuth: true,
      authOptional: loopback.test(host),
      closeTimeout: 3_000,
      logger: false,
      onAuth: ({ password }, session, done) => {
        const holder = keyHolder(dependencies.keys, password ?? '', session.remoteAddress);
        if (holder) done(null, { user: holder });
        else done(new MailRefusal(535, 'The password must be an API key of this gateway'));
      },
      onMailFrom: ({ address }, session, done) => answer(done, () => this.#checkSender(address, session)),
      onRcptTo: ({ address }, _session, done) =>
        answer(done, () => void numberOfAddress(address, dependencies.domain)),
      onData: (stream, session, done) => void this.#take(stream, session).then(() => done(), done),
    });
    this.#server.on('error', (error) => {
      if (this.#server.server.listening) dependencies.log.warn({ err: error }, 'a mail connection failed');
    });
  }

  /** The port, once mail can come. Throws where it cannot be listened on. */
  async start(): Promise<number> {
    const { server } = this.#server;
    this.#server.listen(this.#port, this.#host);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    this.#dependencies.log.info({ host: this.#host, port }, 'listening for mail');
    return port;
  }

  /** Lets the mails that are coming in end, for a few seconds. */
  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #checkSender(address: string, session: SMTPServerSession): void {
    if (session.user !== undefined) return;
    if (isAllowedSender(address, this.#dependencies.settings().mail_senders)) return;
    throw new MailRefusal(
      550,
      `${address || 'Nobody'} is not among those whose mail becomes texts (mail_senders)`,
    );
  }

  async #take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const octets = await buffer(stream);
    if (stream.sizeExceeded)
      throw new MailRefusal(552, `The mail is larger than ${largestMailOctets} octets`);
    if (session.user !== undefined) this.#refuseBeyond(session.user as KeyHolder);
    const settings = this.#dependencies.settings();
    const { body, messageId } = await readMail(octets, settings);
    const bringer: Bringer = session.user ?? mailBringer;
    const from = settings.mail_number === null ? {} : { from: settings.mail_number };
    const id = messageId ?? this.#unfinished.idOf(octets);
    const refusals: MailRefusal[] = [];
    for (const { address } of session.envelope.rcptTo) {
      const to = numberOfAddress(address, this.#dependencies.domain);
      const idempotencyKey = textKey(to, id, body);
      const refusal = await this.#dependencies.door
        .submit({ ...from, to, body }, bringer, { idempotencyKey })
        .then(() => undefined)
        .catch((error: unknown) => this.#refusalOf(error));
      if (refusal) refusals.push(refusal);
    }
    this.#answer(refusals, octets, id);
  }

  /** Throws for a key that was revoked since it signed in, or has brought as many mails as it may. */
  #refuseBeyond(holder: KeyHolder): void {
    const { keys, allows } = this.#dependencies;
    if (!keys.isActive(holder.id)) throw new MailRefusal(550, 'This API key was revoked');
    if (!allows(holder))
      throw new MailRefusal(452, 'This API key brings too many mails in a minute. Try later');
  }

  /** One that cannot be texted keeps no other from it. What may be tried again is, even if another never will be. */
  #answer(refusals: readonly MailRefusal[], octets: Buffer, id: string): void {
    const notYet = refusals.find(({ responseCode }) => responseCode < 500);
    if (notYet) this.#unfinished.keep(octets, id);
    else this.#unfinished.forget(octets);
    const refusal = notYet ?? refusals[0];
    if (refusal) throw refusal;
  }

  /** Turns what the door and the outbox throw into a reply. Who comes a second time is told that all is well. */
  #refusalOf(thrown: unknown): MailRefusal | undefined {
    const { code, message } = thrown as { code?: unknown; message?: string };
    if (code === 'IDEMPOTENCY_CONFLICT') return undefined;
    this.#dependencies.log.warn({ code, why: message }, 'a mail did not become a text');
    if (code === 'QUEUE_FULL' || code === 'NOT_READY' || code === 'RATE_LIMIT_EXCEEDED')
      return new MailRefusal(452, `${message} Try later`);
    if (code === 'VALIDATION_ERROR' || code === 'NUMBER_NOT_FOUND' || code === 'FORBIDDEN') {
      return new MailRefusal(550, message ?? 'The text is refused');
    }
    const known = typeof code === 'string' && !['locked', 'unwritable', 'corrupt'].includes(code);
    return new MailRefusal(
      known ? 550 : 451,
      known ? (message ?? code) : 'Nothing can be kept at present. Try later',
    );
  }
}

/**
 * By which a text is known again. There are devices that give all their mails one Message-ID: each text of theirs is one
 * of its own. Nobody's number can be read out of it.
 */
function textKey(to: string, id: string, body: string): string {
  const digest = createHash('sha256').update(JSON.stringify([to, id, body]));
  return `mail ${digest.digest('base64url')}`;
}

/** Undefined too where the key is good but not from there. */
function keyHolder(
  keys: ListenerDependencies['keys'],
  password: string,
  address: string,
): KeyHolder | undefined {
  try {
    return keys.authenticate(password, address);
  } catch {
    return undefined;
  }
}

function answer(done: Done, check: () => void): void {
  try {
    check();
    done();
  } catch (error) {
    done(error as Error);
  }
}
