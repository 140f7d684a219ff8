import type { Message } from '../../src/contract/message.ts';

/** All that was exchanged with one number, as far as it was read; the newest first. */
export interface Conversation {
  readonly number: string;
  readonly latest: Message;
  readonly unread: number;
}

/** The other side of a message; null where the network told none. */
export function otherSide(message: Message): string | null {
  return message.direction === 'inbound' ? message.from : message.to;
}

/** The number of ours that takes part. */
export function ownSide(message: Message): string | null {
  return message.direction === 'inbound' ? message.to : message.from;
}

/** How many of these messages came in after what was seen of their number. */
export function unreadAmong(messages: readonly Message[], readUntil: (number: string) => string): number {
  return messages.filter((message) => isUnread(message, readUntil)).length;
}

function isUnread(message: Message, readUntil: (number: string) => string): boolean {
  const { direction, from, created_at: at } = message;
  return direction === 'inbound' && from !== null && from !== '' && at > readUntil(from);
}

/**
 * Those of which something was not seen, by the newest that came in (`received`), and the one that is open: it is not
 * taken away from whoever is reading it. The newest first.
 */
export function unreadConversations(
  all: readonly Conversation[],
  received: readonly Conversation[],
  open: string | undefined,
): readonly Conversation[] {
  const known = new Map(all.map((conversation) => [conversation.number, conversation]));
  const unread = received
    .filter((conversation) => conversation.unread > 0)
    .map((conversation) => ({
      ...conversation,
      latest: known.get(conversation.number)?.latest ?? conversation.latest,
    }));
  const opened = open === undefined ? undefined : known.get(open);
  const isThere = unread.some(({ number }) => number === open);
  return [...unread, ...(opened && !isThere ? [opened] : [])].sort((one, other) =>
    other.latest.created_at.localeCompare(one.latest.created_at),
  );
}

/** Messages, newest first, by their other side. `readUntil` tells up to which moment a number's texts were seen. */
export function conversationsOf(
  messages: readonly Message[],
  readUntil: (number: string) => string,
): readonly Conversation[] {
  const found = new Map<string, Conversation>();
  for (const message of messages) {
    const number = otherSide(message);
    if (number === null || number === '') continue;
    const known = found.get(number);
    found.set(number, {
      number,
      latest: known?.latest ?? message,
      unread: (known?.unread ?? 0) + Number(isUnread(message, readUntil)),
    });
  }
  return [...found.values()];
}
