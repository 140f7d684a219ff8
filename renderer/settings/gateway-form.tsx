import { Button } from '@mantine/core';
import { CirclePause, CirclePlay } from 'lucide-react';
import { useState } from 'react';
import type { GatewaySettings } from '../../src/contract/settings.ts';
import { useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { Card } from '../elements/card.tsx';
import { Confirm } from '../elements/confirm.tsx';
import page from '../elements/page.module.css';
import { StatusWord } from '../elements/status-word.tsx';
import { text } from '../texts/text.ts';
import { SettingsForm } from './settings-form.tsx';

/** Whether anything is sent at all, how long parts are waited for, and whether the system shows notices. */
export function GatewayForm({ settings }: { readonly settings: GatewaySettings }) {
  return (
    <>
      <Sending settings={settings} />
      <SettingsForm
        title={text('settings.long')}
        settings={settings}
        fields={[
          {
            name: 'long_text_hours',
            label: 'settings.long_text_hours',
            what: 'settings.long_what',
            kind: 'number',
          },
        ]}
      />
      <SystemNotices />
    </>
  );
}

function Sending({ settings }: { readonly settings: GatewaySettings }) {
  const isPaused = settings.sending_paused;
  const toggle = useAct({
    run: () => change('PATCH', '/v1/settings', { sending_paused: !isPaused }),
    done: () => text(isPaused ? 'pause.resumed' : 'settings.all_paused'),
    silent: true,
  });
  return (
    <Card title={text('pause.title')}>
      <div className={page.form}>
        <StatusWord
          icon={isPaused ? CirclePause : CirclePlay}
          hue={isPaused ? 'attention' : 'delivered'}
          word={text(isPaused ? 'pause.is_paused' : 'pause.is_sending')}
        />
        <div className={page.actions}>
          {isPaused ? (
            <Button variant="filled" loading={toggle.isPending} onClick={() => toggle.mutate()}>
              {text('settings.resume_all')}
            </Button>
          ) : (
            <Confirm
              title={text('settings.pause_title')}
              confirm={text('settings.pause_all')}
              onConfirm={() => toggle.mutateAsync()}
              trigger={(ask) => <Button onClick={ask}>{text('settings.pause_all')}</Button>}
            >
              <p>{text('settings.pause_what')}</p>
            </Confirm>
          )}
        </div>
      </div>
    </Card>
  );
}

/** Notices of the system, where the browser can show them. It asks the person itself. */
function SystemNotices() {
  const [permission, setPermission] = useState(() =>
    'Notification' in window ? Notification.permission : 'denied',
  );
  return (
    <Card title={text('notices.title')}>
      <div className={page.form}>
        <p className={page.soft}>{text(`notices.${permission}`)}</p>
        {permission === 'default' && (
          <div className={page.actions}>
            <Button onClick={() => void Notification.requestPermission().then(setPermission)}>
              {text('notices.allow')}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}
