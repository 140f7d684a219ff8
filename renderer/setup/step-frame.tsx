import { Button } from '@mantine/core';
import { Check, ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { text } from '../texts/text.ts';
import styles from './setup.module.css';

export interface SetupStep<Name extends string> {
  readonly name: Name;
  /** As it stands in the list of steps and above its own. */
  readonly title: string;
  readonly what: string;
  /** What the button says that goes on from it; "Next" where nothing is given. */
  readonly onward?: string | undefined;
  /** Whether what it is for is there; where nobody can tell, it is done once the reader has gone on. */
  readonly isDone?: boolean | undefined;
}

interface StepFrameProps<Name extends string> {
  readonly label: string;
  readonly steps: readonly SetupStep<Name>[];
  readonly current: Name;
  readonly onStep: (name: Name) => void;
  /** Called after the last step. */
  readonly onDone: () => void;
  readonly children: ReactNode;
}

/** One step of several: the list of all, what this one is for, and the way back and on. Any can be left for later. */
export function StepFrame<Name extends string>(props: StepFrameProps<Name>) {
  const { label, steps, current, onStep, onDone, children } = props;
  const place = steps.findIndex(({ name }) => name === current);
  const step = steps[place];
  const before = steps[place - 1];
  const next = steps[place + 1];
  if (!step) return null;
  return (
    <div className={styles.setup}>
      <ol className={styles.steps} aria-label={label}>
        {steps.map(({ name, title, isDone = true }, index) => (
          <li
            key={name}
            aria-current={name === current ? 'step' : undefined}
            data-done={(index < place && isDone) || undefined}
          >
            <span className={styles.mark}>
              {index < place && isDone ? <Check size={14} aria-hidden="true" /> : index + 1}
            </span>
            <button type="button" onClick={() => onStep(name)}>
              {title}
            </button>
          </li>
        ))}
      </ol>
      <section className={styles.step}>
        <h2>{step.title}</h2>
        <p className={styles.what}>{step.what}</p>
        {children}
        <div className={styles.foot}>
          {before ? (
            <Button
              variant="subtle"
              leftSection={<ChevronLeft size={16} />}
              onClick={() => onStep(before.name)}
            >
              {text('setup.back')}
            </Button>
          ) : (
            <span />
          )}
          <Button
            variant={step.onward ? 'default' : 'filled'}
            onClick={() => (next ? onStep(next.name) : onDone())}
          >
            {step.onward ?? text(next ? 'setup.next' : 'setup.finish')}
          </Button>
        </div>
      </section>
    </div>
  );
}
