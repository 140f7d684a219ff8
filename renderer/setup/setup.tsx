import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../api/act.ts';
import { modemsQuery, setupQuery } from '../api/queries.ts';
import { NewKey } from '../keys/new-key.tsx';
import { EmulationCard } from '../modem/emulation-card.tsx';
import { ModemGrid } from '../overview/modem-grid.tsx';
import { ProblemList } from '../overview/problem-list.tsx';
import { problemsOf } from '../overview/problems.ts';
import { PasswordForm } from '../settings/password-form.tsx';
import { goTo } from '../shell/route.ts';
import { text } from '../texts/text.ts';
import { OwnNumbers } from './own-numbers.tsx';
import { StepFrame } from './step-frame.tsx';
import { TestText } from './test-text.tsx';
import { useWelcome } from './use-welcome.ts';

const steps = ['password', 'modem', 'number', 'test', 'key'] as const;
type Step = (typeof steps)[number];

/** From a fresh gateway to a text that was sent and a key that works, a step at a time; each can be left for later. */
export function Setup() {
  const [step, setStep] = useState<Step>('password');
  const { data: modems = [] } = useQuery(modemsQuery);
  const { data: setup } = useQuery(setupQuery);
  const welcome = useWelcome();
  const may = useMay('admin');
  if (!may) return null;
  // what was only passed over is not ticked
  const done: Partial<Record<Step, boolean>> = {
    password: setup?.first_run === false,
    modem: modems.length > 0,
    number: modems.some(({ number }) => number !== null),
  };
  const finish = () => {
    for (const { id } of modems.filter((modem) => modem.is_new)) welcome.mutate(id);
    goTo({ screen: 'overview' });
  };
  return (
    <StepFrame
      label={text('setup.steps')}
      steps={steps.map((name) => ({
        name,
        title: text(`setup_step.${name}`),
        what: text(`setup_what.${name}`),
        ...(name === 'password' && { onward: text('setup.later') }),
        isDone: done[name],
      }))}
      current={step}
      onStep={setStep}
      onDone={finish}
    >
      <Content step={step} onDone={() => setStep('modem')} />
    </StepFrame>
  );
}

function Content({ step, onDone }: { readonly step: Step; readonly onDone: () => void }) {
  const { data: modems } = useQuery(modemsQuery);
  switch (step) {
    case 'password':
      return <PasswordForm of="administrator" isSet={false} onDone={onDone} />;
    case 'modem':
      return (
        <>
          <ProblemList problems={problemsOf(modems ?? [])} />
          <ModemGrid modems={modems} />
          <EmulationCard />
        </>
      );
    case 'number':
      return <OwnNumbers />;
    case 'test':
      return <TestText />;
    case 'key':
      return <NewKey name={text('setup.key_name')} />;
  }
}
