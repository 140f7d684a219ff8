import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CardSim } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { SimView } from '../../src/contract/sim.ts';
import { plainNumber } from '../../src/contract/written-number.ts';
import { onlyFieldFault, useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { simId, simsQuery } from '../api/modem-queries.ts';
import { Card } from '../elements/card.tsx';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { text } from '../texts/text.ts';

/** The number and the name of each SIM that was seen. */
export function OwnNumbers() {
  const { data: sims = [] } = useQuery(simsQuery);
  if (sims.length === 0) {
    return (
      <Notice icon={CardSim} title={text('sim.none_title')}>
        <p>{text('sim.none_what')}</p>
      </Notice>
    );
  }
  return sims.map((sim) => <OwnNumber key={simId(sim)} sim={sim} />);
}

/** The number and the name of one SIM. */
export function OwnNumber({ sim }: { readonly sim: SimView }) {
  // what was not typed follows the SIM, which may tell its number meanwhile
  const [typed, setTyped] = useState<{ readonly number?: string; readonly label?: string }>({});
  const { number = sim.number ?? '', label = sim.label ?? '' } = typed;
  const save = useAct<typeof typed>({
    run: () =>
      change('PATCH', `/v1/sims/${simId(sim)}`, {
        ...(number !== (sim.number ?? '') && { number: plainNumber(number) || null }),
        ...(label !== (sim.label ?? '') && { label: label || null }),
      }),
    done: () => text('form.saved'),
    after: (_answer, sent) => setTyped((now) => (now === sent ? {} : now)),
    silent: true,
  });
  const type = (part: typeof typed) => setTyped((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(typed);
  };
  return (
    <Card title={sim.label ?? `SIM ${simId(sim)}`}>
      <form className={page.form} onSubmit={submit}>
        <div className={page.fields}>
          <TextInput
            label={text('sim_field.number')}
            description={text('sim_field.number_what')}
            inputMode="tel"
            value={number}
            error={onlyFieldFault(save.error, 'number')}
            onChange={({ currentTarget: { value } }) => type({ number: value })}
          />
          <TextInput
            label={text('sim_field.label')}
            description={text('sim_field.label_what')}
            maxLength={100}
            value={label}
            onChange={({ currentTarget: { value } }) => type({ label: value })}
          />
        </div>
        <div className={page.actions}>
          <Button
            type="submit"
            disabled={number === (sim.number ?? '') && label === (sim.label ?? '')}
            loading={save.isPending}
          >
            {text('form.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
