import { Button, TextInput } from '@mantine/core';
import { Terminal } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import type { ModemView } from '../../src/contract/modem.ts';
import type { AtAnswer } from '../../src/contract/modem-actions.ts';
import { faultOf, useAct, useMay } from '../api/act.ts';
import { ApiError, change } from '../api/client.ts';
import { Card } from '../elements/card.tsx';
import { useDraft } from '../elements/drafts.ts';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { text } from '../texts/text.ts';
import styles from './at-console.module.css';
import { CommandExchange, type Exchange } from './command-exchange.tsx';

const mostExchanges = 200;
const nothingTyped: Talk = { exchanges: [], command: '' };

interface Talk {
  readonly exchanges: readonly Exchange[];
  /** Typed and not run yet. */
  readonly command: string;
}

/**
 * Commands typed to the modem by hand, each with its answer, kept under `name`. What would disturb it is asked about
 * first.
 */
export function AtConsole({ modem, name }: { readonly modem: ModemView; readonly name: string }) {
  const may = useMay('admin');
  const [{ exchanges, command }, setTalk] = useDraft(`console:${name}`, nothingTyped);
  const [back, setBack] = useState(0);
  const setCommand = (typed: string) => setTalk((talk) => ({ ...talk, command: typed }));
  const add = (exchange: Exchange) =>
    setTalk((talk) => ({ ...talk, exchanges: [...talk.exchanges, exchange].slice(-mostExchanges) }));
  const run = useAct<{ command: string; force: boolean }, AtAnswer>({
    run: (body) => change('POST', `/v1/modems/${encodeURIComponent(modem.id)}/at`, body),
    silent: true,
  });
  const type = (typed: string, force = false) => {
    setCommand('');
    setBack(0);
    run.mutateAsync({ command: typed, force }).then(
      (answer) => add({ command: typed, answer }),
      (error: Error) => add({ command: typed, fault: consoleFault(error), canForce: mayForce(error) }),
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (command.trim() !== '') type(command.trim());
  };
  const recall = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const next = Math.min(Math.max(back + (event.key === 'ArrowUp' ? 1 : -1), 0), exchanges.length);
    setBack(next);
    setCommand(next === 0 ? '' : (exchanges.at(-next)?.command ?? ''));
  };
  if (!may)
    return (
      <Notice icon={Terminal} title={text('role.reader_title')}>
        <p>{text('role.reader_what')}</p>
      </Notice>
    );
  return (
    <div className={page.page}>
      <Card title={text('console.title')}>
        <div className={styles.output} role="log" aria-label={text('console.answers')}>
          {exchanges.length === 0 && <p className={page.faint}>{text('console.empty')}</p>}
          {exchanges.map((exchange, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: exchanges have no identity but their place
            <CommandExchange key={place} exchange={exchange} onForce={(typed) => type(typed, true)} />
          ))}
        </div>
        <form className={styles.prompt} onSubmit={submit}>
          <TextInput
            className={styles.command}
            aria-label={text('console.command')}
            placeholder="AT+CSQ"
            autoComplete="off"
            spellCheck={false}
            value={command}
            onChange={(event) => setCommand(event.currentTarget.value)}
            onKeyDown={recall}
          />
          <Button type="submit" variant="filled" loading={run.isPending} disabled={command.trim() === ''}>
            {text('console.send')}
          </Button>
        </form>
      </Card>
      <p className={page.faint}>{text('console.help')}</p>
    </div>
  );
}

/** What a refused command would do stands in the sentence itself; its details are for programs. */
function consoleFault(error: Error): string {
  return mayForce(error) ? error.message : faultOf(error, { command: text('console.command') });
}

function mayForce(error: Error): boolean {
  return error instanceof ApiError && error.code === 'COMMAND_REFUSED' && error.details.force !== undefined;
}
