import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Hash } from 'lucide-react';
import type { FormEvent } from 'react';
import type { ModemView } from '../../src/contract/modem.ts';
import type { UssdAnswer } from '../../src/contract/modem-actions.ts';
import type { SimView } from '../../src/contract/sim.ts';
import { faultOf, useAct, useMay } from '../api/act.ts';
import { change } from '../api/client.ts';
import { simsQuery } from '../api/modem-queries.ts';
import { Card } from '../elements/card.tsx';
import { useDraft } from '../elements/drafts.ts';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { When } from '../elements/when.tsx';
import { text } from '../texts/text.ts';
import styles from './ussd.module.css';
import { UssdWay } from './ussd-way.tsx';

interface Turn {
  readonly by: 'me' | 'network' | 'fault';
  readonly words: string;
}

interface Dialogue {
  readonly turns: readonly Turn[];
  /** Whether the network waits for an answer. */
  readonly asked: boolean;
  /** Typed and not sent yet; undefined until something was. */
  readonly typed?: string;
}

const mostTurns = 100;
const noDialogue: Dialogue = { turns: [], asked: false };

/** Codes such as *100# sent to the network, and the dialogue that follows, kept under `name`. */
export function Ussd({ modem, name }: { readonly modem: ModemView; readonly name: string }) {
  const may = useMay('admin');
  const { data: sims = [] } = useQuery(simsQuery);
  const sim = sims.find(({ modem_id }) => modem_id === modem.id);
  const [{ turns, asked, typed }, setDialogue] = useDraft(`ussd:${name}`, noDialogue);
  const words = typed ?? sim?.balance_code ?? '';
  const setWords = (now: string) => setDialogue((before) => ({ ...before, typed: now }));
  const add = (turn: Turn, isAsked?: boolean) =>
    setDialogue((before) => ({
      ...before,
      turns: [...before.turns, turn].slice(-mostTurns),
      asked: isAsked ?? before.asked,
    }));
  const say = useAct<{ code?: string; answer?: string; cancel?: true }, UssdAnswer>({
    run: (body) => change('POST', `/v1/modems/${encodeURIComponent(modem.id)}/ussd`, body),
    silent: true,
  });
  const send = (body: { code?: string; answer?: string; cancel?: true }, mine: string) => {
    add({ by: 'me', words: mine });
    setWords('');
    // what is said is shown also where the dialogue is ended meanwhile
    say.mutateAsync(body).then(
      ({ state, text: said }) =>
        add({ by: 'network', words: said || text(`ussd.${state}`) }, state === 'question'),
      (error: Error) => add({ by: 'fault', words: faultOf(error) }, false),
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = words.trim();
    if (said !== '') send(asked ? { answer: said } : { code: said }, said);
  };
  if (!may)
    return (
      <Notice icon={Hash} title={text('role.reader_title')}>
        <p>{text('role.reader_what')}</p>
      </Notice>
    );
  return (
    <div className={page.page}>
      {sim?.balance && <Balance balance={sim.balance} />}
      <Card title={text('ussd.title')}>
        <div className={styles.turns} role="log" aria-label={text('ussd.title')}>
          {turns.length === 0 && <p className={page.faint}>{text('ussd.empty')}</p>}
          {turns.map((turn, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: turns have no identity but their place
            <p key={place} className={styles.turn} data-by={turn.by}>
              {turn.words}
            </p>
          ))}
        </div>
        <form className={styles.prompt} onSubmit={submit}>
          <TextInput
            className={styles.code}
            aria-label={text(asked ? 'ussd.answer' : 'ussd.code')}
            placeholder={asked ? text('ussd.answer') : '*100#'}
            autoComplete="off"
            maxLength={182}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <Button type="submit" variant="filled" loading={say.isPending} disabled={words.trim() === ''}>
            {text('ussd.send')}
          </Button>
          {asked && (
            <Button onClick={() => send({ cancel: true }, text('ussd.end'))}>{text('ussd.end')}</Button>
          )}
        </form>
      </Card>
      <UssdWay modem={modem} />
    </div>
  );
}

function Balance({ balance }: { readonly balance: NonNullable<SimView['balance']> }) {
  return (
    <Card title={text('ussd.balance')} aside={<When at={balance.at} as="relative" className={page.faint} />}>
      <div className={page.pad}>
        <p>{balance.text}</p>
      </div>
    </Card>
  );
}
