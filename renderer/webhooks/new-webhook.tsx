import { Button, TextInput } from '@mantine/core';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { type EventType, eventTypes } from '../../src/contract/event-types.ts';
import type { WebhookView } from '../../src/contract/webhook.ts';
import { fieldFault, useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { Card } from '../elements/card.tsx';
import { Fault } from '../elements/fault.tsx';
import page from '../elements/page.module.css';
import { ShownOnce } from '../elements/shown-once.tsx';
import { text } from '../texts/text.ts';
import { EventChoice } from './event-choice.tsx';

const fields = { label: text('webhook.label'), url: text('webhook.url'), events: text('webhook.events') };

/** Makes a webhook and, this once, shows the secret that signs to it. */
export function NewWebhook() {
  const [label, setLabel] = useState('');
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<readonly EventType[]>(
    eventTypes.filter((type) => type.startsWith('sms.')),
  );
  const create = useAct<void, WebhookView & { secret: string }>({
    run: () => change('POST', '/v1/webhooks', { label, url, events }),
    done: () => text('webhook.created'),
    after: () => {
      setLabel('');
      setUrl('');
    },
    silent: true,
    fields,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <Card title={text('webhook.new')}>
      <form className={page.form} onSubmit={submit}>
        <div className={page.fields}>
          <TextInput
            label={text('webhook.label')}
            maxLength={100}
            value={label}
            error={fieldFault(create.error, 'label')}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          <TextInput
            label={text('webhook.url')}
            placeholder="https://example.com/sms"
            inputMode="url"
            value={url}
            error={fieldFault(create.error, 'url')}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
        </div>
        <EventChoice chosen={events} onChange={setEvents} />
        <Fault error={create.error} fields={fields} />
        <div className={page.actions}>
          <Button
            type="submit"
            variant="filled"
            leftSection={<Plus size={16} />}
            disabled={label.trim() === '' || url === '' || events.length === 0}
            loading={create.isPending}
          >
            {text('webhook.create')}
          </Button>
        </div>
        {create.data && <ShownOnce words={text('webhook.secret')} secret={create.data.secret} />}
      </form>
    </Card>
  );
}
