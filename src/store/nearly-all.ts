import { conditionsOf, countedParts, type MessageFilter, partsOf } from './message-filter.ts';
import { type Branch, narrowed } from './message-sources.ts';

const otherKinds: Branch = {
  sql: `messages INDEXED BY messages_by_kind WHERE kind <> 'text'`,
  values: [],
};
const blocked: Branch = { sql: 'messages INDEXED BY messages_blocked WHERE blocked = 1', values: [] };

/**
 * For a filter that asks for ordinary texts, for what is not blocked, or for both, and else only for what counts are kept
 * of: the few messages that fit all that is counted, and are left out all the same. Undefined for any other filter.
 */
export function leftOutBy(filter: MessageFilter): Branch[] | undefined {
  const parts = partsOf(filter);
  const counted = conditionsOf(
    filter,
    parts.filter((part) => countedParts.includes(part)),
  );
  const others = parts.filter((part) => !countedParts.includes(part));
  const isNearlyAll = others.every(
    (part) => (part === 'kind' && filter.kind === 'text') || (part === 'blocked' && filter.blocked === false),
  );
  if (!isNearlyAll) return undefined;
  const ofKind = others.includes('kind') ? [narrowed(otherKinds, counted)] : [];
  const rest = conditionsOf(filter, others.includes('kind') ? ['kind'] : []);
  return others.includes('blocked') ? [...ofKind, narrowed(blocked, [...rest, ...counted])] : ofKind;
}
