import { NativeSelect } from '@mantine/core';
import type { ModemView } from '../../src/contract/modem.ts';
import { type UssdWay as Way, ussdWays } from '../../src/contract/ussd-ways.ts';
import { useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { Card } from '../elements/card.tsx';
import page from '../elements/page.module.css';
import { text } from '../texts/text.ts';

/** How codes are written for this modem, for the few that say nothing of what they understand. */
export function UssdWay({ modem }: { readonly modem: ModemView }) {
  const set = useAct<Way, ModemView>({
    run: (ussd_way) => change('PATCH', `/v1/modems/${encodeURIComponent(modem.id)}`, { ussd_way }),
    done: () => text('form.saved'),
  });
  return (
    <Card title={text('ussd.way')}>
      <div className={page.form}>
        <NativeSelect
          maw={520}
          aria-label={text('ussd.way')}
          description={text('ussd.way_what')}
          data={ussdWays.map((way) => ({ value: way, label: text(`ussd.way_${way}`) }))}
          value={set.isPending ? set.variables : modem.ussd_way}
          disabled={set.isPending}
          onChange={(event) => set.mutate(event.currentTarget.value as Way)}
        />
      </div>
    </Card>
  );
}
