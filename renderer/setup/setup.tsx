import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Check, ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../api/act.ts';
import { modemsQuery } from '../api/queries.ts';
import { NewKey } from '../keys/new-key.tsx';
import { ModemGrid } from '../overview/modem-grid.tsx';
import { ProblemList } from '../overview/problem-list.tsx';
import { problemsOf } from '../overview/problems.ts';
import { PasswordForm } from '../settings/password-form.tsx';
import { goTo } from '../shell/route.ts';
import { text } from '../texts/text.ts';
import { OwnNumbers } from './own-numbers.tsx';
import styles from './setup.module.css';
import { TestText } from './test-text.tsx';

const steps = ['password', 'modem', 'number', 'test', 'key'] as const;
type Step = (typeof steps)[number];

/** From a fresh gateway to a text that was sent and a key that works, a step at a time; each can be left for later. */
export function Setup() {
  const [step, setStep] = useState<Step>('password');
  const may = useMay('admin');
  const place = steps.indexOf(step);
  const before = steps[place - 1];
  const next = steps[place + 1];
  const go = (to: Step | undefined) => (to ? setStep(to) : goTo({ screen: 'overview' }));
  if (!may) return null;
  return (
    <div className={styles.setup}>
      <ol className={styles.steps} aria-label={text('setup.steps')}>
        {steps.map((one, index) => (
          <li
            key={one}
            aria-current={one === step ? 'step' : undefined}
            data-done={index < place || undefined}
          >
            <span className={styles.mark}>
              {index < place ? <Check size={14} aria-hidden="true" /> : index + 1}
            </span>
            <button type="button" onClick={() => setStep(one)}>
              {text(`setup_step.${one}`)}
            </button>
          </li>
        ))}
      </ol>
      <section className={styles.step}>
        <h2>{text(`setup_step.${step}`)}</h2>
        <p className={styles.what}>{text(`setup_what.${step}`)}</p>
        <Content step={step} onDone={() => go(next)} />
        <div className={styles.foot}>
          {before ? (
            <Button variant="subtle" leftSection={<ChevronLeft size={16} />} onClick={() => setStep(before)}>
              {text('setup.back')}
            </Button>
          ) : (
            <span />
          )}
          <Button variant={step === 'password' ? 'default' : 'filled'} onClick={() => go(next)}>
            {text(next ? (step === 'password' ? 'setup.later' : 'setup.next') : 'setup.finish')}
          </Button>
        </div>
      </section>
    </div>
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
