import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { AcceptedMessage } from '../../src/contract/message.ts';
import { plainNumber } from '../../src/contract/written-number.ts';
import { onlyFieldFault, useAct } from '../api/act.ts';
import { messageQuery, numbersQuery } from '../api/queries.ts';
import { create } from '../api/repeatable.ts';
import { Card } from '../elements/card.tsx';
import page from '../elements/page.module.css';
import { failureOf } from '../messages/failure.ts';
import { MessageStatus } from '../messages/message-status.tsx';
import { text } from '../texts/text.ts';

/** A text to a phone at hand, and what becomes of it. `from`: the number that it leaves from; any that can where none is given. */
export function TestText({ from: own = null }: { readonly from?: string | null }) {
  const { data: numbers = [] } = useQuery(numbersQuery);
  const from = own ?? (numbers.find(({ online }) => online) ?? numbers[0])?.number;
  const [to, setTo] = useState('');
  const send = useAct<void, AcceptedMessage>({
    run: () => create('/v1/sms/send', { from, to: plainNumber(to), body: text('setup.test_body') }),
    silent: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <Card title={text('setup_step.test')}>
      <form className={page.form} onSubmit={submit}>
        <TextInput
          maw={360}
          label={text('setup.your_number')}
          description={text('sim_field.number_what')}
          inputMode="tel"
          value={to}
          error={onlyFieldFault(send.error, 'to')}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <div className={page.actions}>
          <Button
            type="submit"
            variant="filled"
            leftSection={<Send size={16} />}
            disabled={to.trim() === '' || from === undefined}
            loading={send.isPending}
          >
            {text('setup.send_test')}
          </Button>
          {from === undefined && <span className={page.soft}>{text('setup.no_number')}</span>}
          {send.data && <Fate id={send.data.message_id} />}
        </div>
      </form>
    </Card>
  );
}

function Fate({ id }: { readonly id: string }) {
  const { data: message } = useQuery(messageQuery(id));
  if (!message) return null;
  return (
    <>
      <MessageStatus status={message.status} />
      <span className={page.soft}>{failureOf(message)?.sentence}</span>
    </>
  );
}
