import { useQuery } from '@tanstack/react-query';
import { simId, simsQuery } from '../api/modem-queries.ts';
import { Card } from '../elements/card.tsx';
import table from '../elements/list-table.module.css';
import { PhoneNumber } from '../elements/phone-number.tsx';
import { TableFrame } from '../elements/table-frame.tsx';
import { When } from '../elements/when.tsx';
import { text } from '../texts/text.ts';

/** SIMs that were seen and are in no modem now. Their texts wait for them. */
export function AwaySims() {
  const { data: sims = [] } = useQuery(simsQuery);
  const away = sims.filter(({ modem_id }) => modem_id === null);
  if (away.length === 0) return null;
  return (
    <Card title={text('away.title')}>
      <TableFrame label={text('away.title')}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{text('away.sim')}</th>
              <th scope="col">{text('modem.number')}</th>
              <th scope="col">{text('modem.last_seen')}</th>
            </tr>
          </thead>
          <tbody>
            {away.map((sim) => (
              <tr key={simId(sim)}>
                <td>{sim.label ?? <code>{simId(sim)}</code>}</td>
                <td>
                  {sim.number === null ? text('modem.number_missing') : <PhoneNumber number={sim.number} />}
                </td>
                <td className={table.soft}>
                  {sim.last_seen_at ? <When at={sim.last_seen_at} as="relative" /> : text('modem.none')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </Card>
  );
}
