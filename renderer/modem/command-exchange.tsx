import { Button } from '@mantine/core';
import type { AtAnswer } from '../../src/contract/modem-actions.ts';
import { Confirm } from '../elements/confirm.tsx';
import { text } from '../texts/text.ts';
import styles from './at-console.module.css';

/** A command that was typed with what the modem said, or why it was not run. */
export interface Exchange {
  readonly command: string;
  readonly answer?: AtAnswer;
  readonly fault?: string;
  readonly canForce?: boolean;
}

interface CommandExchangeProps {
  readonly exchange: Exchange;
  readonly onForce: (command: string) => void;
}

export function CommandExchange({ exchange, onForce }: CommandExchangeProps) {
  const { command, answer, fault, canForce } = exchange;
  return (
    <div className={styles.exchange}>
      <code className={styles.typed}>{command}</code>
      {answer && (
        <pre data-ok={answer.ok}>
          {[...answer.lines, answer.result ?? text('console.no_result')].join('\n')}
          <span className={styles.took}> {text('console.took', { ms: answer.elapsed_ms })}</span>
        </pre>
      )}
      {fault && <p className={styles.fault}>{fault}</p>}
      {canForce && (
        <Confirm
          title={text('console.force_title')}
          confirm={text('console.force')}
          destructive
          onConfirm={async () => onForce(command)}
          trigger={(ask) => (
            <Button size="compact-xs" onClick={ask}>
              {text('console.force')}
            </Button>
          )}
        >
          <p>{fault}</p>
          <p>{text('console.force_what')}</p>
        </Confirm>
      )}
    </div>
  );
}
