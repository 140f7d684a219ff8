import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Timer } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { SmppPartStore, SubmittedPart } from '../store/smpp-part-store.ts';
import { commandStatus, SmppRefusal } from './command-status.ts';
import type { Submission, SubmissionFields } from './submission.ts';
import { decodeText, type SmppAlphabet } from './text-coding.ts';
import type { PartPlace } from './user-data-header.ts';

/** Sends a text that was joined of parts, under an id that its client knows already. */
export type SendJoined = (
  keyId: string,
  text: SubmissionFields & { readonly body: string; readonly messageId: string },
  /** Called in the transaction in which the text is written. */
  written: () => void,
) => Promise<void>;

/** Lets go of a text that is refused for good though its first parts were taken, and has its client told. */
export type RefuseJoined = (
  keyId: string,
  text: Pick<SubmissionFields, 'wanted' | 'addresses'> & {
    readonly messageId: string;
    readonly createdAt: number;
  },
  /** Called in the transaction in which the refusal is written. */
  written: () => void,
) => void;

/** A part of a long text, and who brings it. */
export type LongSubmission = Submission & { readonly keyId: string; readonly place: PartPlace };

interface KeptFields extends SubmissionFields {
  readonly keyId: string;
  readonly total: number;
}

interface Joining {
  readonly done: Promise<void>;
  /** The part that is not on disk before the text is. */
  readonly last: SubmittedPart | undefined;
}

/** So long after its last part a text is sent without those that never came. */
const partsWaitMs = 10 * 60_000;
/** So long parts that come again are known as repeats, once their text was accepted or refused. */
const joinedKnownMs = 3_600_000;
const lookEveryMs = 60_000;
/** Refusals that pass: its parts were answered with status 0, so a text is kept until it is taken. */
const passing: ReadonlySet<number> = new Set([
  commandStatus.messageQueueFull,
  commandStatus.throttled,
  commandStatus.systemError,
]);
const mostAtOnce = 50;
/** Where a part is missing: the same mark as in texts that come in. */
const gapMark = '[…]';

/**
 * Joins what a client submits in parts to one text, so that it is counted, cut and shown as the one text that it is.
 * Parts wait on disk; all parts of a text are answered with the id that the whole will have.
 */
export class LongSubmissions {
  readonly #parts: SmppPartStore;
  readonly #send: SendJoined;
  readonly #refuse: RefuseJoined;
  readonly #clock: Clock;
  readonly #log: Logger;
  /** Texts that are being accepted now, by their ids. */
  readonly #joining = new Map<string, Joining>();
  #timer: Timer | undefined;
  #stopped = false;

  constructor(parts: SmppPartStore, send: SendJoined, refuse: RefuseJoined, clock: Clock, log: Logger) {
    this.#parts = parts;
    this.#send = send;
    this.#refuse = refuse;
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    void this.#look();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  /** The wall clock was set by so much; as a part of the caller's transaction. */
  clockMoved(byMs: number): void {
    this.#parts.moveWaits(byMs);
  }

  /** Takes a part; answers the id of its text once the part is on disk, the last one once the text is accepted. */
  async take(part: LongSubmission): Promise<string> {
    const groupKey = groupKeyOf(part);
    const open = this.#openParts(groupKey);
    const known = open.find((kept) => kept.position === part.place.position && sameOctets(kept, part));
    if (known) return this.#onceKept(known);
    const messageId = idOfTextLacking(open, part.place.position) ?? randomUUID();
    const joining = this.#joining.get(messageId);
    if (joining) return joining.done.catch(() => undefined).then(() => this.take(part)); // it goes without this part
    const { octets, place, keyId, ...fields } = part;
    const kept: SubmittedPart = {
      groupKey,
      messageId,
      position: place.position,
      octets,
      submission: JSON.stringify({ ...submissionOf(fields), keyId, total: place.total }),
      receivedAt: this.#clock.now(),
      joined: false,
    };
    const parts = [...open.filter((other) => other.messageId === messageId), kept];
    if (parts.length < place.total) this.#parts.keep(kept);
    else await this.#join(parts, kept);
    return messageId;
  }

  /** Those that wait for the rest of their text, with the last one of a text that is being accepted. */
  #openParts(groupKey: string): SubmittedPart[] {
    const onDisk = this.#parts.ofGroup(groupKey).filter(({ joined }) => !joined);
    const onTheirWay = [...this.#joining.values()].flatMap(({ last }) =>
      last?.groupKey === groupKey && !onDisk.some((kept) => isSamePart(kept, last)) ? [last] : [],
    );
    return [...onDisk, ...onTheirWay];
  }

  /** The answer to a part that came before: at once, or with the text that it is the last one of. */
  async #onceKept(known: SubmittedPart): Promise<string> {
    const joining = this.#joining.get(known.messageId);
    if (joining?.last && isSamePart(known, joining.last)) await joining.done;
    return known.messageId;
  }

  async #join(parts: readonly SubmittedPart[], last: SubmittedPart | undefined): Promise<void> {
    const messageId = parts[0]?.messageId ?? '';
    const done = this.#accept(parts, last).finally(() => this.#joining.delete(messageId));
    this.#joining.set(messageId, { done, last });
    await done;
  }

  /** `last` is not on disk yet: it gets there with the text. */
  async #accept(parts: readonly SubmittedPart[], last: SubmittedPart | undefined): Promise<void> {
    const fields = parts.map(({ submission }) => JSON.parse(submission) as KeptFields);
    const [first] = fields;
    const messageId = parts[0]?.messageId;
    if (!first || messageId === undefined) return;
    const { keyId } = first;
    const wanted = fields.find((each) => each.wanted !== 0)?.wanted ?? 0;
    const text = { ...submissionOf(first), wanted, messageId };
    const written = () => {
      if (last) this.#parts.keep(last);
      this.#parts.joined(messageId);
    };
    try {
      const pieces = parts.map(({ position, octets }, index) => {
        return { position, octets, alphabet: fields[index]?.alphabet ?? first.alphabet };
      });
      await this.#send(keyId, { ...text, body: joinedText(pieces, first.total) }, written);
    } catch (error) {
      const createdAt = parts[0]?.receivedAt ?? this.#clock.now();
      if (isForGood(error)) this.#refuse(keyId, { ...text, createdAt }, written);
      throw error;
    }
  }

  async #look(): Promise<void> {
    const now = this.#clock.now();
    try {
      this.#parts.forgetJoinedBefore(now - joinedKnownMs);
      await this.#giveUpThoseBefore(now - partsWaitMs);
    } catch (error) {
      this.#log.error({ err: error }, 'long texts of SMPP clients with parts missing cannot be sent');
    }
    if (this.#stopped) return;
    this.#timer = this.#clock.after(lookEveryMs, () => void this.#look());
  }

  /** One after another, however many of them cannot be taken yet: those must not stand in the way of the others. */
  async #giveUpThoseBefore(before: number): Promise<void> {
    for (let after: string | undefined = ''; after !== undefined && !this.#stopped; ) {
      const texts = this.#parts.unfinished(before, mostAtOnce, after);
      for (const parts of texts) {
        if (this.#stopped) return;
        await this.#giveUpWaiting(parts);
        await nextTurn(); // one that is refused takes a commit and waits for nothing
      }
      after = texts.at(-1)?.[0]?.messageId;
    }
  }

  async #giveUpWaiting(parts: readonly SubmittedPart[]): Promise<void> {
    const [first] = parts;
    if (!first || this.#joining.has(first.messageId)) return;
    const ofGroup = this.#parts.ofGroup(first.groupKey);
    const joined = ofGroup.filter((part) => part.joined);
    const open = ofGroup.filter((part) => !part.joined && part.messageId === first.messageId);
    if (open.length !== parts.length) return; // more of it came while others were given up, or all
    const repeats = parts.every((part) =>
      joined.some((other) => other.position === part.position && sameOctets(other, part)),
    );
    const { messageId } = first;
    if (repeats) return this.#parts.drop(messageId);
    try {
      await this.#join(parts, undefined);
      this.#log.warn({ messageId }, 'parts of a long text never came by SMPP: it is sent without them');
    } catch (error) {
      if (!(error instanceof SmppRefusal)) throw error;
      if (!isForGood(error)) return;
      this.#log.error({ messageId, why: error.message }, 'a long text with parts missing is refused');
    }
  }
}

function isForGood(error: unknown): boolean {
  return error instanceof SmppRefusal && !passing.has(error.status);
}

function submissionOf({ fields, alphabet, wanted, addresses }: SubmissionFields): SubmissionFields {
  return { fields, alphabet, wanted, addresses };
}

function groupKeyOf({ keyId, place, addresses: { source, destination } }: LongSubmission): string {
  return JSON.stringify([
    keyId,
    source.address,
    destination.address,
    place.kind,
    place.reference,
    place.total,
  ]);
}

/** The newest text that has no part at this place yet: references come round again. */
function idOfTextLacking(open: readonly SubmittedPart[], position: number): string | undefined {
  const having = new Set(open.filter((part) => part.position === position).map(({ messageId }) => messageId));
  return open.findLast(({ messageId }) => !having.has(messageId))?.messageId;
}

function isSamePart(a: SubmittedPart, b: SubmittedPart): boolean {
  return a.messageId === b.messageId && a.position === b.position;
}

function sameOctets(a: { readonly octets: Uint8Array }, b: { readonly octets: Uint8Array }): boolean {
  return Buffer.compare(a.octets, b.octets) === 0;
}

interface Piece {
  readonly position: number;
  readonly octets: Uint8Array;
  readonly alphabet: SmppAlphabet;
}

/**
 * Octets of one alphabet are joined before they are read: a character may have been cut in two. Each part names its own:
 * clients write it in UCS-2 only where it must be.
 */
function joinedText(parts: readonly Piece[], total: number): string {
  const at = new Map(parts.map((part) => [part.position, part]));
  let text = '';
  let run: Piece[] = [];
  let inGap = false;
  for (let position = 1; position <= total; position++) {
    const part = at.get(position);
    if (part?.alphabet !== run[0]?.alphabet) {
      text += textOf(run);
      run = [];
    }
    if (part) run.push(part);
    else if (!inGap) text += gapMark;
    inGap = part === undefined;
  }
  return text + textOf(run);
}

function textOf(run: readonly Piece[]): string {
  const [first] = run;
  return first ? decodeText(Buffer.concat(run.map(({ octets }) => octets)), first.alphabet) : '';
}
