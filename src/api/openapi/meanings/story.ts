import type {
  Attempt,
  MessageOrigin,
  MessagePdu,
  Story,
  StoryPart,
  Waiting,
} from '../../../contract/story.ts';
import type { Meanings } from './meanings.ts';

export const storyMeanings = {
  MessageStory: {
    message_id: 'Names the message.',
    origin: 'Who handed it in; null for what came in.',
    modem: 'The modem of the last attempt; null before the first, and for what came in.',
    waits: 'Why it has not left, and until when; null for what waits for nothing.',
    events:
      'What happened, oldest first: a word, the segment that it is about, and more where there is more to say.',
    parts: 'Each segment.',
  } satisfies Meanings<Story>,
  MessageOrigin: {
    kind: '`key`: a program; `session`: somebody at the pages; `mail`: a mail.',
    name: "The key's name; null where there is no key, or it is no longer known.",
    idempotency_key: 'The `Idempotency-Key` that was given, or null.',
    batch: 'The batch that it came with, or null.',
  } satisfies Meanings<MessageOrigin>,
  Waiting: {
    reason: 'A stable word.',
    message: 'The same in a sentence.',
    until: 'When that ends by itself; null where it depends on no time.',
  } satisfies Meanings<Waiting>,
  MessagePart: {
    part: 'Which segment, 1 being the first.',
    state:
      'Of what goes out `waiting`, `submitting`, `ambiguous` (it may have left; evidence is awaited), `accepted` by the network, `delivered`, `undelivered`, `rejected` or `unresolved` (nobody knows). Of what came in `received` or `missing`.',
    reference:
      'The reference that the network gave; of what came in, the one that its parts have in common. Or null.',
    report_status: 'The status in its delivery report, TP-ST (TS 23.040 9.2.3.15), or null.',
    submitted_at: 'When it was last handed to a modem.',
    accepted_at: 'When the network took it.',
    reported_at: 'When its delivery report came.',
    received_at: 'Only of what came in: when it came; null for one that never did.',
    attempts: 'Each time that it was handed to a modem.',
  } satisfies Meanings<StoryPart>,
  Attempt: {
    attempt: 'The how manieth.',
    modem_id: 'The modem that it was handed to.',
    port: 'The port that the modem was at.',
    submitted_at: 'When it was handed over.',
    ended_at: 'When its result was known; null while it is not.',
    outcome: '`accepted`, `rejected`, or `ambiguous`: no result came. Null while it is not known.',
    code: 'The error as the modem gave it, such as `+CMS ERROR: 21`, or null.',
    detail: 'The same in words, or null.',
  } satisfies Meanings<Attempt>,
  MessagePdu: {
    direction: '`MO` went out, `MT` came in.',
    part: 'The segment.',
    attempt: 'Of which attempt it is; null for what came in.',
    pdu: 'The octets in hex, with the service centre in front.',
    spans: 'Each field: where its octets lie, and what they mean.',
    problems: 'What could not be read of it, with the octet.',
  } satisfies Meanings<MessagePdu>,
};
