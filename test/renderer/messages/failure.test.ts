import { expect, it } from 'vitest';
import { failureOf } from '../../../renderer/messages/failure.ts';
import { english } from '../../../renderer/texts/en.ts';
import { failureWords } from '../../../src/contract/message.ts';
import { aMessage } from '../samples.ts';

it('parts the word for machines from the sentence for people', () => {
  const failure_reason =
    'network_rejected: the network refused the message (+CMS ERROR: 21, short message transfer rejected)';
  expect(failureOf(aMessage({ failure_reason }))).toEqual({
    word: 'network_rejected',
    advice: 'advice.network_rejected',
    kind: 'failed.network_rejected',
    sentence: 'The network refused the message (+CMS ERROR: 21, short message transfer rejected)',
  });
});

it('has a text for every word of the API', () => {
  const kinds = failureWords.map((word) => failureOf(aMessage({ failure_reason: `${word}: x` }))?.kind);
  expect(kinds.filter((kind) => kind === undefined || !(kind in english) || kind === 'failed.other')).toEqual(
    [],
  );
});

it('shows a reason that it does not know', () => {
  expect(failureOf(aMessage({ failure_reason: 'struck by lightning' }))).toEqual({
    word: 'struck by lightning',
    advice: 'advice.other',
    kind: 'failed.other',
    sentence: 'Struck by lightning',
  });
  expect(failureOf(aMessage())).toBeUndefined();
});
