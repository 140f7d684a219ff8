import { joinedText, type PartContent } from './part-text.ts';

/** One received part of a message in several segments. */
export interface Part extends PartContent {
  /** The sender's address as decoded. */
  readonly from: string;
  readonly ref: number;
  /** Size of the reference: an 8-bit and a 16-bit one are never the same. */
  readonly bits: 8 | 16;
  readonly total: number;
  /** 1 to `total`. */
  readonly seq: number;
  /** When this side received it, ms since 1970. */
  readonly receivedAt: number;
  /** When the service centre took it, ms since 1970, where that is known. */
  readonly sentAt?: number | undefined;
}

interface Reassembly<P extends Part> {
  readonly from: string;
  readonly ref: number;
  readonly bits: 8 | 16;
  readonly total: number;
  /** In the order of the text, each once. */
  readonly parts: readonly P[];
  /** The same again, later: not needed, yet to be acknowledged and deleted like the others. */
  readonly duplicates: readonly P[];
  readonly firstReceivedAt: number;
  readonly lastReceivedAt: number;
  /** Of a message that lacks parts, `gapMark` stands where they would be. */
  readonly text: string;
  /** Of 8-bit messages, the octets of all parts that are there. */
  readonly dataHex?: string;
}

export interface CompleteMessage<P extends Part> extends Reassembly<P> {
  readonly state: 'complete';
}

export interface IncompleteMessage<P extends Part> extends Reassembly<P> {
  readonly state: 'incomplete';
  /** Sequence numbers of the parts that are not there. */
  readonly missing: readonly number[];
}

export type ReassembledMessage<P extends Part> = CompleteMessage<P> | IncompleteMessage<P>;

export interface ReassemblyOptions {
  /** Parts further apart than this belong to different messages: references come round again. 24 hours. */
  readonly gapMs?: number;
  readonly gapMark?: string;
}

const dayMs = 24 * 60 * 60 * 1000;

interface Group<P> {
  readonly bySeq: Map<number, P>;
  duplicates: P[];
  lastReceivedAt: number;
}

/** Parts that differ in any of these can never be of one message; so conflicting totals make two messages. */
function keyOf({ from, bits, ref, total }: Part): string {
  return `${bits} ${ref} ${total} ${from}`;
}

function sameContent(a: PartContent, b: PartContent): boolean {
  return (
    a.text === b.text && a.septetsHex === b.septetsHex && a.ucs2Hex === b.ucs2Hex && a.dataHex === b.dataHex
  );
}

/** How far apart in time the sender handed over a part and the nearest one of a group; infinitely where it is not known. */
function distance<P extends Part>({ bySeq }: Group<P>, { sentAt }: Part): number {
  const apart = (other: Part) =>
    sentAt === undefined || other.sentAt === undefined ? Infinity : Math.abs(other.sentAt - sentAt);
  return Math.min(...Array.from(bySeq.values(), apart));
}

/** The group that a part was sent next to; the newer of two that are as near, or of which no time is known. */
function nearest<P extends Part>(groups: readonly Group<P>[], part: P): Group<P> | undefined {
  if (groups.length < 2) return groups[0];
  const least = Math.min(...groups.map((group) => distance(group, part)));
  return groups.findLast((group) => distance(group, part) === least);
}

/**
 * Puts a part where it belongs among the groups of its key, oldest first: one that lacks it, or has the very same, of
 * several the one that was sent at its time; else it begins a group, for a reference used again.
 */
function place<P extends Part>(groups: Group<P>[], part: P, gapMs: number): void {
  const fitting = groups.filter(({ bySeq, lastReceivedAt }) => {
    const present = bySeq.get(part.seq);
    return part.receivedAt - lastReceivedAt <= gapMs && (present === undefined || sameContent(present, part));
  });
  const group = nearest(fitting, part);
  if (group === undefined) {
    groups.push({ bySeq: new Map([[part.seq, part]]), duplicates: [], lastReceivedAt: part.receivedAt });
    return;
  }
  if (group.bySeq.has(part.seq)) group.duplicates.push(part);
  else group.bySeq.set(part.seq, part);
  group.lastReceivedAt = part.receivedAt;
}

/**
 * Two messages of one reference may share a part word for word; it was then taken for a duplicate of the first, while
 * the second lacks it.
 */
function shareDuplicates<P extends Part>(groups: readonly Group<P>[]): void {
  groups.forEach((group, index) => {
    for (const earlier of groups.slice(0, index)) {
      earlier.duplicates = earlier.duplicates.filter((part) => {
        if (group.bySeq.has(part.seq)) return true;
        group.bySeq.set(part.seq, part);
        return false;
      });
    }
  });
}

function missingOf(bySeq: ReadonlyMap<number, unknown>, total: number): number[] {
  return Array.from({ length: total }, (_, index) => index + 1).filter((seq) => !bySeq.has(seq));
}

/** Text of the runs of parts that follow one another, with a mark for each gap. */
function textWithGaps<P extends Part>(bySeq: ReadonlyMap<number, P>, total: number, gapMark: string): string {
  let text = '';
  let run: P[] = [];
  let inGap = false;
  for (let seq = 1; seq <= total; seq++) {
    const part = bySeq.get(seq);
    if (part !== undefined) {
      run.push(part);
    } else if (!inGap) {
      text += joinedText(run) + gapMark;
      run = [];
    }
    inGap = part === undefined;
  }
  return text + joinedText(run);
}

function reassembled<P extends Part>(group: Group<P>, gapMark: string): ReassembledMessage<P> {
  const parts = Array.from(group.bySeq.values()).sort((a, b) => a.seq - b.seq);
  const { from, ref, bits, total } = parts[0] as P;
  const missing = missingOf(group.bySeq, total);
  const data = parts.filter((part) => part.dataHex !== undefined);
  const message = {
    from,
    ref,
    bits,
    total,
    parts,
    duplicates: group.duplicates,
    firstReceivedAt: Math.min(...parts.map((part) => part.receivedAt)),
    lastReceivedAt: Math.max(...parts.map((part) => part.receivedAt)),
    text: textWithGaps(group.bySeq, total, gapMark),
    ...(data.length > 0 && { dataHex: data.map((part) => part.dataHex).join('') }),
  };
  return missing.length === 0
    ? { ...message, state: 'complete' }
    : { ...message, state: 'incomplete', missing };
}

/**
 * Sorts known parts, in any order, into messages (TS 23.040, 9.2.3.24.1). Every part is in exactly one message, as a
 * part or as a duplicate. Messages come in the order in which their first parts were received.
 */
export function reassemble<P extends Part>(
  parts: readonly P[],
  options: ReassemblyOptions = {},
): ReassembledMessage<P>[] {
  const { gapMs = dayMs, gapMark = '[…]' } = options;
  const groupsByKey = new Map<string, Group<P>[]>();
  for (const part of parts.toSorted((a, b) => a.receivedAt - b.receivedAt)) {
    const key = keyOf(part);
    const groups = groupsByKey.get(key) ?? [];
    groupsByKey.set(key, groups);
    place(groups, part, gapMs);
  }
  const messages: ReassembledMessage<P>[] = [];
  for (const groups of groupsByKey.values()) {
    shareDuplicates(groups);
    messages.push(...groups.map((group) => reassembled(group, gapMark)));
  }
  return messages.sort((a, b) => a.firstReceivedAt - b.firstReceivedAt);
}
