import type { Message } from '../../src/contract/message.ts';
import type { TextKey } from '../texts/text.ts';

/** What is to be known of a message that its text does not say, most important first. */
export function remarksOn(message: Message): TextKey[] {
  const remarks: (TextKey | false | undefined)[] = [
    message.erased_at !== undefined && 'log.erased',
    message.erased_at === undefined && message.redacted_at !== undefined && 'log.redacted',
    message.blocked === true && 'log.blocked',
    kindOf(message),
    message.complete === false && 'log.incomplete',
    message.replaces !== undefined && 'log.replaces',
  ];
  return remarks.filter((remark) => remark !== false && remark !== undefined);
}

function kindOf({ kind, encoding }: Message): TextKey | undefined {
  if (kind === undefined || kind === 'text') return undefined;
  return kind === 'data' && encoding !== 'binary' ? 'log.kind.port' : `log.kind.${kind}`;
}
