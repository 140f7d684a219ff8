import { useQuery } from '@tanstack/react-query';
import type { Message } from '../../src/contract/message.ts';
import type { Story } from '../../src/contract/story.ts';
import { modemsQuery } from '../api/queries.ts';
import { Facts } from '../elements/facts.tsx';
import { modemName } from '../overview/modem-words.ts';
import { RouteLink } from '../shell/route-link.tsx';
import { text } from '../texts/text.ts';
import drawer from './message-drawer.module.css';

const money = new Intl.NumberFormat(undefined, {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 4,
});

interface MessageFactsProps {
  readonly message: Message;
  readonly story: Story | undefined;
}

/** What else is known of a message: its modem, size, cost, and the names by which programs know it. */
export function MessageFacts({ message, story }: MessageFactsProps) {
  return (
    <section className={drawer.section} data-flush>
      <Facts
        facts={[
          { name: text('facts.modem'), value: story?.modem ? <ModemLink modem={story.modem} /> : null },
          { name: text('facts.origin'), value: story?.origin ? originWords(story.origin) : null },
          {
            name: text('facts.idempotency_key'),
            value: story?.origin?.idempotency_key ? <code>{story.origin.idempotency_key}</code> : null,
          },
          {
            name: text('facts.batch'),
            value: story?.origin?.batch ? (story.origin.batch.name ?? text('batch.unnamed')) : null,
          },
          { name: text('log.segments_long'), value: message.segment_count.toLocaleString() },
          { name: text('facts.encoding'), value: text(`encoding.${message.encoding}`) },
          {
            name: text('facts.cost'),
            value: message.cost_usd === null ? null : money.format(message.cost_usd),
          },
          {
            name: text('facts.reference'),
            value: message.client_reference && <code>{message.client_reference}</code>,
          },
          {
            name: text('facts.resend_of'),
            value: message.resend_of ? (
              <RouteLink to={{ screen: 'messages', filter: {}, open: message.resend_of }}>
                <code>{message.resend_of.slice(0, 8)}</code>
              </RouteLink>
            ) : null,
          },
          { name: text('facts.raw_from'), value: message.raw_from ? <code>{message.raw_from}</code> : null },
          { name: text('facts.id'), value: <code>{message.message_id}</code> },
        ]}
      />
    </section>
  );
}

/** A modem that is gone is told by what it was. */
function ModemLink({
  modem: { id, manufacturer, model, forgotten },
}: {
  readonly modem: NonNullable<Story['modem']>;
}) {
  const { data: modems = [] } = useQuery(modemsQuery);
  const modem = modems.find((one) => one.id === id);
  if (modem) return <RouteLink to={{ screen: 'modem', id, tab: 'health' }}>{modemName(modem)}</RouteLink>;
  const make = [manufacturer, model].filter(Boolean).join(' ');
  return (
    <>
      {make} <code>{id}</code> {text(forgotten ? 'facts.forgotten' : 'facts.away')}
    </>
  );
}

function originWords({ kind, name }: NonNullable<Story['origin']>): string {
  return kind === 'key' && name !== null ? text('facts.key', { name }) : text(`origin.${kind}`);
}
