import type { AcceptedMessage, Message, SendRequest } from '../../../contract/message.ts';
import type { MessageQuery } from '../../../contract/message-query.ts';
import type { Preview, PreviewRequest } from '../../../contract/preview.ts';
import type { Meanings } from './meanings.ts';

const cost =
  "What it costs in US dollars at the price set for the SIM; null within the SIM's monthly allowance, and where no price is set.";

const sendRequestMeanings: Meanings<SendRequest> = {
  from: "One of this gateway's numbers, as `GET /v1/numbers` lists them.",
  to: 'Whom it is sent to: an international number, or a short code.',
  body: 'The text: 1 to 1,600 characters, each code point being one. A long one is split into segments by itself.',
  scheduled_at: 'When it is to leave, in any time zone. What is past leaves at once.',
  validity_seconds:
    'How long it is worth sending, counted from now or from `scheduled_at`; three days unless said. What has not left by then fails as `expired`.',
  priority: 'Higher leaves first; 0 unless said. 7 and up may use what the limits of a SIM keep in reserve.',
  flash: 'Shown at once on the recipient’s screen, and often not kept (class 0).',
  client_reference:
    'A word of your own, given back with the message. `GET /v1/sms?client_reference=` finds it.',
};

export const messageMeanings = {
  SendRequest: sendRequestMeanings,
  AcceptedMessage: {
    message_id: 'Names the message from now on.',
    from: 'As it was asked for.',
    to: 'As it was asked for.',
    body: 'As it was asked for.',
    status:
      '`dispatched` when the SIM is in a modem that can send now, else `queued`: it leaves when it can. Either way it is on disk.',
    created_at: 'When it was accepted.',
    client_reference: 'As it was asked for; absent where there was none.',
  } satisfies Meanings<AcceptedMessage>,
  Message: {
    message_id: 'Names the message.',
    from: 'The sending number. Of what came in the international form where that is sure, else as the network wrote it, also a name; null where nobody is named or the message was erased.',
    to: 'The receiving number; null where the SIM had none yet, or the message was erased.',
    body: 'The text; empty where it was taken out. Octets that are no text are shown in hex.',
    direction: '`outbound` went out, `inbound` came in.',
    segment_count: 'How many SMS it is; of what came in, how many were announced.',
    status: 'Where it stands.',
    failure_reason:
      'Where it failed: a stable word, a colon and a sentence, such as `expired: ...`. Words are `network_rejected`, `recipient_unknown`, `recipient_unavailable`, `undeliverable`, `expired`, `sim_failure`, `modem_failure`, `cancelled`, `ambiguous_submit` (it may have been sent). Else null.',
    sent_at:
      'When the network had taken all of it; of what came in, the time of the service centre. Null where that is not known.',
    delivered_at: 'When the last delivery report came, or null.',
    cost_usd: cost,
    created_at: 'When it was accepted, or came in.',
    client_reference: 'The word that was given with it, or null.',
    encoding: '`gsm7` (160 characters, 153 in each part of a long text), `ucs2` (70, 67), or `binary`.',
    complete:
      'Only of what came in: false where a part of a long text never came; `[…]` stands in its place.',
    kind: 'Only of what came in: what it is beside its text.',
    raw_from: 'The sender as the network wrote it, where `from` is its international form.',
    blocked: 'Its sender is not to be heard: it is kept, and no event tells of it.',
    waiting: 'What waits elsewhere, such as voice mail, where it tells of that.',
    ports: 'The application ports that it was sent to and from, where it names some.',
    replaces: 'The earlier message whose place it takes.',
    replaced_by: 'The later message that took its place.',
    resend_of: 'The failed message whose text it sends again.',
    erased_at: 'When a person had text and number taken out.',
    redacted_at: 'When its text was taken out because it was old.',
  } satisfies Meanings<Message>,
  MessageQuery: {
    number: 'Texts to or from this number; also a name that texts came from.',
    direction: 'Only those that went out, or that came in.',
    status: 'Only those that stand so.',
    from_date: 'From this day on, UTC.',
    to_date: 'Up to this day and with it, UTC.',
    q: 'Only those whose text holds these characters one after another, in capitals or not.',
    client_reference: 'Only those that were given exactly this word.',
    kind: 'Only what came in and is this.',
    blocked: '`true`: only from those who are not to be heard; `false`: only from others.',
    hidden: '`true`: also what is left out otherwise, silent messages and those that another replaced.',
    after:
      'A `message_id`: only what is newer than it, oldest first. Ask again with the last one you got, and nothing is missed.',
    page: 'Which page, 1 being the first.',
    per_page: 'How many stand on a page, at most 100.',
  } satisfies Meanings<MessageQuery>,
  SendQuery: {
    from: sendRequestMeanings.from,
    to: sendRequestMeanings.to,
    text: sendRequestMeanings.body,
    key: 'An API key with the scope `sms:send`.',
  },
  PreviewRequest: {
    body: sendRequestMeanings.body,
    from: 'The number that it would leave from, where its cost is wanted.',
    to: sendRequestMeanings.to,
  } satisfies Meanings<PreviewRequest>,
  Preview: {
    encoding: 'Which alphabet it needs: `ucs2` has room for less than half as much.',
    segment_count: 'How many SMS it would be.',
    characters: 'How many characters it has as a person counts them.',
    units_per_segment: 'How many septets (`gsm7`) or UTF-16 units (`ucs2`) a segment holds.',
    characters_left: 'How many plain characters the last segment has room for.',
    forced_by: 'The characters because of which it is `ucs2`, each with the place where it stands first.',
    cost_usd: `${cost} Also null without \`from\`.`,
  } satisfies Meanings<Preview>,
};

export const messageTypes = {
  MessageStatus: `What each says:

- \`queued\`: accepted; it cannot leave now (its SIM is away, paused, over a limit, or it is scheduled)
- \`dispatched\`: it may leave now, or is leaving
- \`sent\`: the network took all of it
- \`delivered\`: reports say that all of it arrived
- \`failed\`: the end; \`failure_reason\` says why. Only \`ambiguous_submit\` may still become \`sent\` or \`delivered\`
- \`received\`: it came in

A text that is \`sent\` and has no report stays so: that proves nothing either way.`,
  MessageKind:
    '`text`; `flash` (class 0); `waiting` tells that something waits elsewhere; `silent` is shown to nobody; `data` is octets, or for an application port; `unreadable` is a PDU that could not be read.',
};
