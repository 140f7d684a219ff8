import { useQuery } from '@tanstack/react-query';
import type { ModemView } from '../../src/contract/modem.ts';
import type { Stats } from '../../src/contract/stats.ts';
import { statsQuery } from '../api/queries.ts';
import { Card } from '../elements/card.tsx';
import { Facts } from '../elements/facts.tsx';
import { When } from '../elements/when.tsx';
import { type Counts, hoursOf, lastDayOf, totalOf } from '../overview/day-counts.ts';
import { text } from '../texts/text.ts';

const hour = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });

/** What went through the modem in the last 24 hours, and how much of it in the busiest one. */
export function Traffic({ modem }: { readonly modem: ModemView }) {
  const { data: stats } = useQuery(statsQuery);
  if (!stats || modem.number === null) return null;
  const total = totalOf(stats, lastDayOf(stats), modem.number);
  const busiest = busiestHour(stats, modem.number);
  return (
    <Card title={text('traffic.title')}>
      <Facts
        facts={[
          { name: text('traffic.sent'), value: (total.sent + total.delivered).toLocaleString() },
          { name: text('chart.delivered'), value: total.delivered.toLocaleString() },
          { name: text('chart.failed'), value: total.failed.toLocaleString() },
          { name: text('chart.received'), value: total.received.toLocaleString() },
          {
            name: text('traffic.busiest'),
            value: busiest && text('traffic.at', { count: busiest.sent, hour: hour.format(busiest.at) }),
          },
          {
            name: text('modem.last_sent'),
            value: modem.last_sent_at && <When at={modem.last_sent_at} as="relative" />,
          },
          {
            name: text('modem.last_received'),
            value: modem.last_received_at && <When at={modem.last_received_at} as="relative" />,
          },
        ]}
      />
    </Card>
  );
}

/** The hour in which most left from a number; null where nothing did. */
export function busiestHour(stats: Stats, number: string): { at: number; sent: number } | null {
  const own = { ...stats, counts: stats.counts.filter((count) => count.number === number) };
  const [first] = hoursOf(own)
    .map((counts) => ({ at: counts.at, sent: leftIn(counts) }))
    .sort((one, other) => other.sent - one.sent);
  return first && first.sent > 0 ? first : null;
}

function leftIn({ sent, delivered }: Counts): number {
  return sent + delivered;
}
