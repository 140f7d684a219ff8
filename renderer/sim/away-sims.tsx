import { Button, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SimView } from '../../src/contract/sim.ts';
import { useAct, useMay } from '../api/act.ts';
import { change } from '../api/client.ts';
import { modemsQuery } from '../api/queries.ts';
import { simId, simsQuery } from '../api/modem-queries.ts';
import { Card } from '../elements/card.tsx';
import { Confirm } from '../elements/confirm.tsx';
import table from '../elements/list-table.module.css';
import { PhoneNumber } from '../elements/phone-number.tsx';
import { TableFrame } from '../elements/table-frame.tsx';
import { When } from '../elements/when.tsx';
import { modemName } from '../overview/modem-words.ts';
import { text } from '../texts/text.ts';

/** SIMs that were seen and that no modem shows now. Their texts wait for them. */
export function AwaySims() {
  const { data: sims = [] } = useQuery(simsQuery);
  const away = sims.filter(({ modem_id }) => modem_id === null);
  const may = useMay('admin');
  if (away.length === 0) return null;
  return (
    <Card title={text('away.title')}>
      <TableFrame label={text('away.title')}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{text('away.sim')}</th>
              <th scope="col">{text('modem.number')}</th>
              <th scope="col">{text('away.where')}</th>
              <th scope="col">{text('modem.last_seen')}</th>
              {may && (
                <th scope="col">
                  <VisuallyHidden>{text('key.actions')}</VisuallyHidden>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {away.map((sim) => (
              <tr key={simId(sim)}>
                <td data-at="lead">{sim.label ?? <code>{simId(sim)}</code>}</td>
                <td data-at="mark">
                  {sim.number === null ? text('modem.number_missing') : <PhoneNumber number={sim.number} />}
                </td>
                <td className={table.soft}>
                  <Whereabouts sim={sim} />
                </td>
                <td className={table.soft} data-at="start" data-label={text('modem.last_seen')}>
                  {sim.last_seen_at ? <When at={sim.last_seen_at} as="relative" /> : text('modem.none')}
                </td>
                {may && (
                  <td className={`${table.tight} ${table.right}`} data-at="end">
                    <ForgetSim sim={sim} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </Card>
  );
}

function Whereabouts({ sim }: { readonly sim: SimView }) {
  const { data: modems = [] } = useQuery(modemsQuery);
  if (sim.presumed_modem_id === null) return text('away.nowhere');
  const modem = modems.find(({ id }) => id === sim.presumed_modem_id);
  return text('away.presumed', { name: modem ? modemName(modem) : sim.presumed_modem_id });
}

/** A card that is gone for good. While texts wait for it, the gateway refuses and says so. */
function ForgetSim({ sim }: { readonly sim: SimView }) {
  const name = sim.label ?? sim.number ?? simId(sim);
  const forget = useAct({
    run: () => change('DELETE', `/v1/sims/${simId(sim)}`),
    done: () => text('away.forget_done', { name }),
    silent: true,
  });
  return (
    <Confirm
      title={text('away.forget_title', { name })}
      confirm={text('modem.forget')}
      destructive
      onConfirm={() => forget.mutateAsync()}
      trigger={(ask) => (
        <Button size="compact-xs" onClick={ask}>
          {text('modem.forget')}
        </Button>
      )}
    >
      <p>{text('away.forget_what')}</p>
    </Confirm>
  );
}
