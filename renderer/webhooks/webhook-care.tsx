import { Button } from '@mantine/core';
import { KeyRound, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { EventType } from '../../src/contract/event.ts';
import type { WebhookView } from '../../src/contract/webhook.ts';
import { useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { Card } from '../elements/card.tsx';
import { Command } from '../elements/command.tsx';
import { Confirm } from '../elements/confirm.tsx';
import page from '../elements/page.module.css';
import { When } from '../elements/when.tsx';
import { text } from '../texts/text.ts';
import { EventChoice } from './event-choice.tsx';

/** One webhook: try it, change what it hears, give it another secret, take it away. */
export function WebhookCare({ webhook }: { readonly webhook: WebhookView }) {
  const path = `/v1/webhooks/${webhook.id}`;
  const [events, setEvents] = useState<readonly EventType[]>(webhook.events);
  const test = useAct({ run: () => change('POST', `${path}/test`), done: () => text('webhook.tested') });
  const save = useAct({ run: () => change('PATCH', path, { events }), done: () => text('form.saved') });
  const rotate = useAct<void, WebhookView & { secret?: string }>({
    run: () => change('PATCH', path, { rotate_secret: true }),
    silent: true,
  });
  const remove = useAct({
    run: () => change('DELETE', path),
    done: () => text('webhook.removed', { label: webhook.label }),
    leadsTo: () => ({ screen: 'webhooks' }),
    silent: true,
  });
  const isChanged =
    events.length !== webhook.events.length || events.some((type) => !webhook.events.includes(type));
  return (
    <Card title={webhook.label}>
      <div className={page.form}>
        <code>{webhook.url}</code>
        <EventChoice chosen={events} onChange={setEvents} />
        {webhook.previous_secret_until && (
          <p className={page.faint}>
            {text('webhook.previous_until')} <When at={webhook.previous_secret_until} />
          </p>
        )}
        {rotate.data?.secret && (
          <>
            <p>{text('webhook.secret')}</p>
            <Command lines={rotate.data.secret} />
          </>
        )}
        <div className={page.actions}>
          <Button
            variant={isChanged ? 'filled' : 'default'}
            disabled={!isChanged || events.length === 0}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {text('form.save')}
          </Button>
          <Button leftSection={<Send size={16} />} loading={test.isPending} onClick={() => test.mutate()}>
            {text('webhook.test')}
          </Button>
          <Confirm
            title={text('webhook.rotate_title')}
            confirm={text('webhook.rotate')}
            onConfirm={() => rotate.mutateAsync()}
            trigger={(ask) => (
              <Button leftSection={<KeyRound size={16} />} onClick={ask}>
                {text('webhook.rotate')}
              </Button>
            )}
          >
            <p>{text('webhook.rotate_what')}</p>
          </Confirm>
          <Confirm
            title={text('webhook.remove_title', { label: webhook.label })}
            confirm={text('webhook.remove')}
            destructive
            onConfirm={() => remove.mutateAsync()}
            trigger={(ask) => (
              <Button leftSection={<Trash2 size={16} />} onClick={ask}>
                {text('webhook.remove')}
              </Button>
            )}
          >
            <p>{text('webhook.remove_what')}</p>
          </Confirm>
        </div>
      </div>
    </Card>
  );
}
