import type { Socket } from 'node:net';
import type { Clock, Timer } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { KeyHolder } from '../store/key-store.ts';
import type { BindAuthority, BindMode } from './bind-authority.ts';
import { commandStatus, SmppRefusal } from './command-status.ts';
import type { DeliveryDesk, Receiver } from './delivery-desk.ts';
import type { MessageDesk } from './message-desk.ts';
import {
  decodePdu,
  encodePdu,
  isResponse,
  MalformedPdu,
  type Pdu,
  type PduHead,
  readHead,
  textField,
} from './pdu.ts';
import { LostFraming, PduCutter } from './pdu-cutter.ts';
import { ReplyWindow } from './reply-window.ts';
import type { SubmissionDesk } from './submission-desk.ts';

/** What a connection needs of the gateway. */
export interface SessionSurroundings {
  readonly clock: Clock;
  readonly log: Logger;
  readonly authority: BindAuthority;
  /** Counts a text of this key; false where it is one too many just now. */
  readonly allows: (holder: KeyHolder) => boolean;
  readonly submissions: Pick<SubmissionDesk, 'submit'>;
  readonly messages: Pick<MessageDesk, 'query' | 'cancel'>;
  readonly deliveries: Pick<DeliveryDesk, 'joined' | 'left'>;
}

const systemId = 'Postern';
/** Who does not bind within this is shown out. */
const bindWithinMs = 30_000;
/** A client that is silent for so long is asked whether it is still there, and has so long to answer. */
export const enquireAfterMs = 60_000;
const answerWithinMs = 30_000;
/** Submitted texts that are not answered yet; more are refused as throttled, not lost. */
export const submitWindow = 256;
/** deliver_sm that the client has not answered yet. */
const deliverWindow = 10;
const deliverAnsweredWithinMs = 60_000;
/** A client that does not read what it asked for is not served further. */
const mostUnreadOctets = 1 << 20;
/** How long what is under way may take after the client or the gateway said goodbye. */
const farewellMs = 5_000;
const highestSequence = 0x7fff_ffff;

type Question = 'query_sm' | 'cancel_sm' | 'replace_sm';
const bindModes: ReadonlySet<string> = new Set(['bind_transmitter', 'bind_receiver', 'bind_transceiver']);
/** Whatever else comes is answered as a command that is not known here. */
const served: ReadonlySet<string> = new Set([
  ...bindModes,
  ...['enquire_link', 'unbind', 'submit_sm', 'query_sm', 'cancel_sm', 'replace_sm'],
]);

interface Bound {
  readonly mode: BindMode;
  readonly holder: KeyHolder;
}

/**
 * One connection of an SMPP client, from its bind to its end (SMPP 3.4, 2.2):
 *
 *     open ─bind─► binding ─► bound ─unbind, silence, what is no PDU─► closed
 */
export class SmppSession implements Receiver {
  readonly #socket: Socket;
  readonly #surroundings: SessionSurroundings;
  readonly #cutter = new PduCutter();
  readonly #window: ReplyWindow;
  readonly #remote: string;
  #binding = false;
  #bound: Bound | undefined;
  #closing = false;
  /** The client is still to be told to unbind. */
  #farewell = false;
  /** The client's own goodbye, answered after all else: it takes what is not answered by then for lost. */
  #leave: Pdu | undefined;
  #submitting = 0;
  #sequence = 0;
  #lastHeardAt: number;
  #watch: Timer;

  constructor(socket: Socket, surroundings: SessionSurroundings) {
    const { clock } = surroundings;
    this.#socket = socket;
    this.#surroundings = surroundings;
    this.#remote = socket.remoteAddress ?? 'unknown';
    this.#window = new ReplyWindow(clock, deliverWindow, () => this.#drop('it did not answer in time'));
    this.#lastHeardAt = clock.monotonic();
    this.#watch = clock.after(bindWithinMs, () => this.#drop('it did not bind in time'));
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#closed());
  }

  get keyId(): string {
    return this.#bound?.holder.id ?? '';
  }

  get room(): number {
    return this.#closing ? 0 : this.#window.room;
  }

  get isIdle(): boolean {
    return !this.#closing && this.#window.room === deliverWindow;
  }

  deliver(fields: Readonly<Record<string, unknown>>): Promise<number | undefined> {
    if (this.#closing) return Promise.resolve(undefined);
    const sequence = this.#nextSequence();
    const reply = this.#window.reply(sequence, deliverAnsweredWithinMs);
    this.#write('deliver_sm', sequence, fields);
    return reply;
  }

  /**
   * The gateway stops: takes nothing new, answers what is under way and says goodbye. In this order: a client that is
   * told to unbind takes what is not answered yet for lost, and sends it again elsewhere.
   */
  unbind(): void {
    this.#farewell ||= this.#bound !== undefined && !this.#closing;
    this.#close();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  // What comes in ------------------------------------------------------------------------------------------------

  #take(chunk: Buffer): void {
    this.#lastHeardAt = this.#surroundings.clock.monotonic();
    try {
      for (const frame of this.#cutter.push(chunk)) {
        if (this.#socket.destroyed) return;
        this.#handle(frame);
      }
    } catch (error) {
      if (!(error instanceof LostFraming)) throw error;
      this.#note('warn', `it sent what is no PDU: ${error.message}`);
      this.#write('generic_nack', 0, { command_status: commandStatus.invalidCommandLength });
      this.#socket.end();
      this.#socket.destroySoon();
    }
  }

  /** Of an answer the head tells all that counts; of what is not served nothing else is looked at. */
  #handle(frame: Buffer): void {
    const head = readHead(frame);
    if (isResponse(head)) return this.#window.answered(head.sequence_number, head.command_status);
    if (this.#closing) return;
    if (!served.has(head.command)) {
      const status = commandStatus.invalidCommandId;
      return this.#write('generic_nack', head.sequence_number, { command_status: status });
    }
    const pdu = this.#read(frame, head);
    if (pdu) this.#serve(pdu);
  }

  /** The PDU; what cannot be read is refused by itself, since the next one begins where its length says. */
  #read(frame: Buffer, head: PduHead): Pdu | undefined {
    try {
      return decodePdu(frame);
    } catch (error) {
      if (!(error instanceof MalformedPdu)) throw error;
      this.#note('warn', `its ${head.command} cannot be read: ${error.message}`);
      this.#answer(head, error.status);
      return undefined;
    }
  }

  #serve(pdu: Pdu): void {
    if (bindModes.has(pdu.command)) return void this.#bind(pdu.command as BindMode, pdu);
    switch (pdu.command) {
      case 'enquire_link':
        return this.#answer(pdu, commandStatus.ok);
      case 'unbind':
        this.#leave = pdu;
        return this.#close();
      case 'submit_sm':
        return void this.#submit(pdu);
      default:
        return this.#ask(pdu, pdu.command as Question);
    }
  }

  async #bind(mode: BindMode, pdu: Pdu): Promise<void> {
    if (this.#binding || this.#bound) return this.#answer(pdu, commandStatus.alreadyBound);
    this.#binding = true;
    const id = textField(pdu, 'system_id');
    const outcome = await this.#surroundings.authority
      .bind(mode, id, textField(pdu, 'password'), this.#remote)
      .catch((error: unknown) => ({ refused: 'trouble', why: String(error) }) as const);
    this.#binding = false;
    if ('refused' in outcome) {
      this.#note('warn', `its bind as "${id.slice(0, 16)}" was refused: ${outcome.why}`);
      const wrong = outcome.refused === 'credentials';
      this.#answer(pdu, wrong ? commandStatus.invalidPassword : commandStatus.bindFailed);
      return this.#close();
    }
    this.#bound = { mode, holder: outcome.holder };
    this.#note('info', `it is bound as ${mode.slice('bind_'.length)}`);
    this.#answer(pdu, commandStatus.ok, { system_id: systemId, sc_interface_version: 0x34 });
    this.#watchSilence();
    if (mode !== 'bind_transmitter' && !this.#closing) this.#surroundings.deliveries.joined(this);
  }

  async #submit(pdu: Pdu): Promise<void> {
    const { authority, allows, submissions } = this.#surroundings;
    if (!this.#bound || this.#bound.mode === 'bind_receiver') {
      return this.#answer(pdu, commandStatus.invalidBindStatus);
    }
    if (this.#submitting >= submitWindow || !allows(this.#bound.holder)) {
      return this.#answer(pdu, commandStatus.throttled);
    }
    this.#submitting++;
    try {
      if (!authority.isActive(this.#bound.holder)) {
        throw new SmppRefusal(commandStatus.invalidBindStatus, 'its API key was revoked');
      }
      const messageId = await submissions.submit(this.#bound.holder, pdu);
      this.#answer(pdu, commandStatus.ok, { message_id: messageId });
    } catch (error) {
      const status = error instanceof SmppRefusal ? error.status : commandStatus.systemError;
      this.#note('warn', `its text was refused: ${(error as Error).message}`);
      this.#answer(pdu, status);
    } finally {
      this.#submitting--;
      if (this.#closing) this.#endWhenAnswered();
    }
  }

  /** Answers a question about a text, or what is to become of it. */
  #ask(pdu: Pdu, command: Question): void {
    const { authority, messages } = this.#surroundings;
    if (!this.#bound || this.#bound.mode === 'bind_receiver') {
      return this.#answer(pdu, commandStatus.invalidBindStatus);
    }
    try {
      if (!authority.isActive(this.#bound.holder)) {
        throw new SmppRefusal(commandStatus.invalidBindStatus, 'its API key was revoked');
      }
      if (command === 'query_sm')
        return this.#answer(pdu, commandStatus.ok, messages.query(this.#bound.holder, pdu));
      if (command === 'replace_sm') {
        throw new SmppRefusal(
          commandStatus.replaceFailed,
          'a text is not replaced: cancel it and submit another',
        );
      }
      messages.cancel(this.#bound.holder, pdu, this.#remote);
      this.#answer(pdu, commandStatus.ok);
    } catch (error) {
      const status = error instanceof SmppRefusal ? error.status : commandStatus.systemError;
      this.#note('warn', `its ${command} was refused: ${(error as Error).message}`);
      this.#answer(pdu, status);
    }
  }

  // What goes out ------------------------------------------------------------------------------------------------

  #answer(pdu: PduHead, status: number, fields: Readonly<Record<string, unknown>> = {}): void {
    this.#write(`${pdu.command}_resp`, pdu.sequence_number, { ...fields, command_status: status });
  }

  #write(command: string, sequence: number, fields: Readonly<Record<string, unknown>>): void {
    if (!this.#socket.writable) return;
    this.#socket.write(encodePdu(command, { ...fields, sequence_number: sequence }));
    if (this.#socket.writableLength > mostUnreadOctets) this.#drop('it does not read its answers');
  }

  #nextSequence(): number {
    this.#sequence = this.#sequence === highestSequence ? 1 : this.#sequence + 1;
    return this.#sequence;
  }

  // The end ------------------------------------------------------------------------------------------------------

  /** Asks a silent client whether it is there, and shows out one whose key was revoked or that stays silent. */
  #watchSilence(): void {
    const { clock } = this.#surroundings;
    this.#watch.cancel();
    const silentMs = clock.monotonic() - this.#lastHeardAt;
    if (this.#isRevoked()) return this.unbind();
    if (silentMs >= enquireAfterMs + answerWithinMs) return this.#drop('it was silent for too long');
    if (silentMs >= enquireAfterMs) this.#write('enquire_link', this.#nextSequence(), {});
    const nextMs = silentMs >= enquireAfterMs ? answerWithinMs : enquireAfterMs - silentMs;
    this.#watch = clock.after(nextMs, () => this.#watchSilence());
  }

  /** Where that cannot be told just now, it is asked again next time. */
  #isRevoked(): boolean {
    try {
      return this.#bound !== undefined && !this.#surroundings.authority.isActive(this.#bound.holder);
    } catch (error) {
      this.#note('warn', `whether its API key still holds cannot be read: ${(error as Error).message}`);
      return false;
    }
  }

  #close(): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#surroundings.deliveries.left(this);
    this.#watch.cancel();
    this.#watch = this.#surroundings.clock.after(farewellMs, () => this.#socket.destroy());
    this.#endWhenAnswered();
  }

  #endWhenAnswered(): void {
    if (this.#submitting > 0) return;
    if (this.#leave) this.#answer(this.#leave, commandStatus.ok);
    this.#leave = undefined;
    if (this.#farewell) this.#write('unbind', this.#nextSequence(), {});
    this.#farewell = false;
    this.#socket.end();
  }

  #drop(why: string): void {
    this.#note('warn', `it is shown out: ${why}`);
    this.#socket.destroy();
  }

  #closed(): void {
    this.#closing = true;
    this.#watch.cancel();
    this.#window.abandon();
    this.#surroundings.deliveries.left(this);
  }

  #note(level: 'info' | 'warn', what: string): void {
    this.#surroundings.log[level](
      { remote: this.#remote, client: this.#bound?.holder.name },
      `SMPP client: ${what}`,
    );
  }
}
