import { Button } from '@mantine/core';
import { CirclePause, CirclePlay } from 'lucide-react';
import type { SimView } from '../../src/contract/sim.ts';
import { useAct, useMay } from '../api/act.ts';
import { change } from '../api/client.ts';
import { simId } from '../api/modem-queries.ts';
import { Card } from '../elements/card.tsx';
import { StatusWord } from '../elements/status-word.tsx';
import { text } from '../texts/text.ts';
import styles from './sim-pause.module.css';

/** Whether texts leave from this SIM, and the switch for it. It can be undone at once, so nothing is asked. */
export function SimPause({ sim }: { readonly sim: SimView }) {
  const toggle = useAct({
    run: () => change('POST', `/v1/sims/${simId(sim)}/${sim.paused ? 'resume' : 'pause'}`),
    done: () => text(sim.paused ? 'pause.resumed' : 'pause.paused'),
  });
  const may = useMay('admin');
  return (
    <Card title={text('pause.title')}>
      <div className={styles.row}>
        <StatusWord
          icon={sim.paused ? CirclePause : CirclePlay}
          hue={sim.paused ? 'attention' : 'delivered'}
          word={text(sim.paused ? 'pause.is_paused' : 'pause.is_sending')}
        />
        <p>{text(sim.paused ? 'pause.paused_what' : 'pause.sending_what')}</p>
        {may && (
          <Button loading={toggle.isPending} onClick={() => toggle.mutate()}>
            {text(sim.paused ? 'pause.resume' : 'pause.pause')}
          </Button>
        )}
      </div>
    </Card>
  );
}
