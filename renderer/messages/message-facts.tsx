import { useQuery } from '@tanstack/react-query';
import type { Message } from '../../src/contract/message.ts';
import { modemsQuery, storyQuery } from '../api/queries.ts';
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

/** What else is known of a message: its modem, size, cost, and the names by which programs know it. */
export function MessageFacts({ message }: { readonly message: Message }) {
  const { data: story } = useQuery(storyQuery(message.message_id));
  const modemId = story?.parts.flatMap(({ attempts }) => attempts).at(-1)?.modem_id;
  return (
    <section className={drawer.section} data-flush>
      <Facts
        facts={[
          { name: text('facts.modem'), value: modemId ? <ModemLink id={modemId} /> : null },
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

function ModemLink({ id }: { readonly id: string }) {
  const { data: modems = [] } = useQuery(modemsQuery);
  const modem = modems.find((one) => one.id === id);
  if (!modem) return <code>{id}</code>;
  return <RouteLink to={{ screen: 'modem', id, tab: 'health' }}>{modemName(modem)}</RouteLink>;
}
