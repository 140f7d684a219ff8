import { formatTimestamp } from '../contract/message.ts';
import type { Story, StoryPart } from '../contract/story.ts';

/** A part of a message that came in, as it is kept. */
export interface ReceivedPart {
  readonly position: number;
  readonly pdu: string;
  readonly received_at: number;
  /** Its place in the numbering of a long text (TS 23.040 9.2.3.24.1); null where it is the whole text. */
  readonly reference: number | null;
  /** It lay on the SIM when that was seen for the first time. */
  readonly imported: number;
}

/** The parts of a message that came in, those that never came among them; a repeat of one counts once. */
export function receivedParts(parts: readonly ReceivedPart[], segmentCount: number): StoryPart[] {
  if (parts.length === 0) return [];
  const first = firstOfEach(parts);
  return Array.from({ length: segmentCount }, (_, index) => partAt(index + 1, first.get(index + 1)));
}

/** When each of them came, in that order. */
export function receivedEvents(parts: readonly ReceivedPart[]): Story['events'] {
  return [...firstOfEach(parts).values()]
    .sort((a, b) => a.received_at - b.received_at || a.position - b.position)
    .map(({ position, received_at: at, imported }) => ({
      at: formatTimestamp(at),
      entry: 'received',
      part: position,
      detail: imported === 1 ? 'it lay on the SIM when that was first seen' : null,
    }));
}

function firstOfEach(parts: readonly ReceivedPart[]): Map<number, ReceivedPart> {
  const first = new Map<number, ReceivedPart>();
  for (const part of parts) if (!first.has(part.position)) first.set(part.position, part);
  return first;
}

function partAt(position: number, part: ReceivedPart | undefined): StoryPart {
  return {
    part: position,
    state: part ? 'received' : 'missing',
    reference: part?.reference ?? null,
    report_status: null,
    submitted_at: null,
    accepted_at: null,
    reported_at: null,
    received_at: part ? formatTimestamp(part.received_at) : null,
    attempts: [],
  };
}
