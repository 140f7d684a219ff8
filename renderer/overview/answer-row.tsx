import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, CircleX, Clock } from 'lucide-react';
import type { ModemView } from '../../src/contract/modem.ts';
import { failedTodayQuery, lastReceivedQuery, numbersQuery, waitingQuery } from '../api/queries.ts';
import { useNow } from '../elements/now.ts';
import { RouteLink } from '../shell/route-link.tsx';
import { type TextKey, text } from '../texts/text.ts';
import styles from './answer-row.module.css';
import { type Answer, answerFailed, answerReceive, answerSend, answerWaiting } from './answers.ts';

const marks = { yes: CircleCheck, no: CircleAlert, waiting: Clock, failed: CircleX } as const;

/** The four questions that a person opens the page with, answered. */
export function AnswerRow({ modems }: { readonly modems: readonly ModemView[] | undefined }) {
  const now = useNow();
  const { data: last } = useQuery(lastReceivedQuery);
  const { data: waiting } = useQuery(waitingQuery);
  const { data: numbers } = useQuery(numbersQuery);
  const { data: failed } = useQuery(failedTodayQuery);
  return (
    <section className={styles.row}>
      <VisuallyHidden component="h2">{text('answer.title')}</VisuallyHidden>
      <AnswerCell question="answer.send" answer={modems && answerSend(modems)} />
      <AnswerCell
        question="answer.receive"
        answer={modems && last !== undefined ? answerReceive(modems, last, now) : undefined}
      />
      <AnswerCell question="answer.waiting" answer={waiting && answerWaiting(waiting, numbers ?? [])} />
      <AnswerCell question="answer.failed" answer={failed && answerFailed(failed)} />
    </section>
  );
}

interface AnswerCellProps {
  readonly question: TextKey;
  readonly answer: Answer | undefined;
}

function AnswerCell({ question, answer }: AnswerCellProps) {
  return (
    <div className={styles.cell}>
      <h3 className={styles.question}>{text(question)}</h3>
      {answer ? <AnswerWords answer={answer} /> : <AnswerSkeleton />}
    </div>
  );
}

function AnswerWords({ answer }: { readonly answer: Answer }) {
  const Mark = marks[answer.mark];
  return (
    <>
      <p className={styles.answer} data-mark={answer.mark}>
        <Mark size={16} aria-hidden="true" />
        {answer.words}
      </p>
      <p className={styles.because}>
        {answer.link ? <RouteLink to={answer.link}>{answer.because}</RouteLink> : answer.because}
      </p>
    </>
  );
}

/** As tall as the answer, so that nothing jumps when it comes. */
function AnswerSkeleton() {
  return (
    <>
      <p className={styles.answer}>
        <Skeleton height={16} width="60%" />
      </p>
      <p className={styles.because}>
        <Skeleton height={10} width="80%" mt={3} mb={3} />
      </p>
    </>
  );
}
