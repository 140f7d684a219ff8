import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CardSim, CircleCheck, SearchX } from 'lucide-react';
import { useState } from 'react';
import type { ModemView } from '../../src/contract/modem.ts';
import { useMay } from '../api/act.ts';
import { simId, simsQuery } from '../api/modem-queries.ts';
import { modemsQuery } from '../api/queries.ts';
import { Card } from '../elements/card.tsx';
import { Facts } from '../elements/facts.tsx';
import { LoadError } from '../elements/load-error.tsx';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { StatusWord } from '../elements/status-word.tsx';
import { ModemState } from '../overview/modem-state.tsx';
import { makeOf } from '../overview/modem-words.ts';
import { ProblemList } from '../overview/problem-list.tsx';
import { problemsOf } from '../overview/problems.ts';
import { SeenPorts } from '../overview/seen-ports.tsx';
import { OwnNumber } from '../setup/own-numbers.tsx';
import { StepFrame } from '../setup/step-frame.tsx';
import { TestText } from '../setup/test-text.tsx';
import { useWelcome } from '../setup/use-welcome.ts';
import { goTo, type Route } from '../shell/route.ts';
import { PinEntry } from '../sim/pin-entry.tsx';
import { text } from '../texts/text.ts';

const steps = ['found', 'pin', 'number', 'test'] as const;
type Step = (typeof steps)[number];

/** A modem that is new here: which port it speaks on, its PIN, its number and name, and a first text. */
export function Welcome({ route: { id } }: { readonly route: Extract<Route, { screen: 'welcome' }> }) {
  const { data: modems, error, refetch } = useQuery(modemsQuery);
  const [step, setStep] = useState<Step>('found');
  const welcome = useWelcome();
  const may = useMay('admin');
  if (!may) return null;
  if (!modems) {
    return error ? (
      <LoadError error={error} onRetry={() => void refetch()} />
    ) : (
      <Skeleton height={320} m={24} />
    );
  }
  const modem = modems.find((one) => one.id === id);
  if (!modem) return <Notice icon={SearchX} title={text('modem.unknown_title')} />;
  const finish = () =>
    welcome.mutate(id, { onSuccess: () => goTo({ screen: 'modem', id, tab: 'health' }, 'replace') });
  return (
    <StepFrame
      label={text('setup.steps')}
      steps={steps.map((name) => ({
        name,
        title: text(`welcome_step.${name}`),
        what: text(`welcome_what.${name}`),
      }))}
      current={step}
      onStep={setStep}
      onDone={finish}
    >
      <Content step={step} modem={modem} />
    </StepFrame>
  );
}

function Content({ step, modem }: { readonly step: Step; readonly modem: ModemView }) {
  switch (step) {
    case 'found':
      return <Found modem={modem} />;
    case 'pin':
      return <Pin modem={modem} />;
    case 'number':
      return <OfSim modem={modem} />;
    case 'test':
      return <TestText from={modem.number} />;
  }
}

function Found({ modem }: { readonly modem: ModemView }) {
  const code = (value: string | null) => value && <code>{value}</code>;
  return (
    <>
      <ProblemList problems={problemsOf([modem])} />
      <Card title={makeOf(modem) || modem.port} aside={<ModemState modem={modem} />}>
        <Facts
          facts={[
            { name: text('welcome.speaks'), value: <code>{modem.port}</code> },
            { name: text('identity.firmware'), value: code(modem.firmware) },
            { name: text('identity.imei'), value: code(modem.imei) },
            { name: text('modem.network'), value: modem.operator },
          ]}
        />
      </Card>
      <Card title={text('ports.title')}>
        <SeenPorts />
      </Card>
    </>
  );
}

function Pin({ modem }: { readonly modem: ModemView }) {
  if (modem.state === 'locked') {
    return (
      <Card title={text('pin.title')}>
        <div className={page.form}>
          <p className={page.soft}>{problemsOf([modem])[0]?.remedy}</p>
          <PinEntry modem={modem} />
        </div>
      </Card>
    );
  }
  const isOpen = modem.iccid !== null || modem.imsi !== null;
  if (!isOpen) return <Notice icon={CardSim} title={text('sim.none_title')} />;
  return <StatusWord icon={CircleCheck} hue="delivered" word={text('welcome.no_pin')} />;
}

/** Number and name belong to the card. */
function OfSim({ modem }: { readonly modem: ModemView }) {
  const { data: sims } = useQuery(simsQuery);
  const sim = sims?.find(({ modem_id: holder }) => holder === modem.id);
  if (!sim) {
    return (
      <Notice icon={CardSim} title={text('sim.none_title')}>
        <p>{text('sim.none_what')}</p>
      </Notice>
    );
  }
  return <OwnNumber key={simId(sim)} sim={sim} />;
}
