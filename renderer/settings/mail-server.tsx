import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { KeyRound, Mail, TriangleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { GatewaySettings } from '../../src/contract/settings.ts';
import { onlyFieldFault, useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { mailServerQuery, networkQuery } from '../api/upkeep-queries.ts';
import { Card } from '../elements/card.tsx';
import page from '../elements/page.module.css';
import { StatusWord } from '../elements/status-word.tsx';
import { text } from '../texts/text.ts';
import { NetworkFields } from './network-fields.tsx';

/** Where mail that is to become texts is taken. */
export function MailListening() {
  const { data: network } = useQuery(networkQuery);
  if (!network) return null;
  return (
    <NetworkFields
      title={text('mail.listen')}
      what={text('mail.listen_what')}
      network={network}
      done={text('form.saved')}
      fields={[
        { name: 'mail_port', label: 'network.port', what: 'mail.port_what', kind: 'number' },
        { name: 'mail_host', label: 'network.host', what: 'mail.host_what', kind: 'host' },
        { name: 'mail_domain', label: 'mail.domain', what: 'mail.domain_what', kind: 'text' },
      ]}
    />
  );
}

/** The password of the mail server, which nobody reads back, and a mail that tries all of it out. */
export function MailServer({ settings }: { readonly settings: GatewaySettings }) {
  const { data: server } = useQuery(mailServerQuery);
  if (!server) return null;
  const isLost = server.has_password && !server.password_readable;
  return (
    <Card title={text('mail.server')}>
      <div className={page.form}>
        {server.has_password && (
          <StatusWord
            icon={isLost ? TriangleAlert : KeyRound}
            hue={isLost ? 'attention' : 'plain'}
            word={text(isLost ? 'mail.password_lost' : 'mail.password_kept')}
          />
        )}
        <Password isSet={server.has_password} />
        <TestMail isReady={settings.mail_server_host !== null} />
        {server.waiting > 0 && (
          <p className={page.faint}>{text('mail.waiting', { count: server.waiting })}</p>
        )}
        {server.given_up > 0 && (
          <StatusWord
            icon={TriangleAlert}
            hue="attention"
            word={text('mail.given_up', { count: server.given_up })}
          />
        )}
      </div>
    </Card>
  );
}

function Password({ isSet }: { readonly isSet: boolean }) {
  const [password, setPassword] = useState('');
  const set = useAct({
    run: () => change('PUT', '/v1/mail/password', { password }),
    done: () => text('access.set_done'),
    after: () => setPassword(''),
    silent: true,
  });
  const remove = useAct({
    run: () => change('DELETE', '/v1/mail/password'),
    done: () => text('access.removed'),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate();
  };
  return (
    <form className={page.stack} onSubmit={submit}>
      <PasswordInput
        maw={360}
        label={text(isSet ? 'access.another' : 'access.password')}
        description={text('mail.password_what')}
        autoComplete="off"
        value={password}
        error={onlyFieldFault(set.error, 'password')}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': text('pin.show') }}
      />
      <div className={page.actions}>
        <Button type="submit" disabled={password === ''} loading={set.isPending}>
          {text('access.set')}
        </Button>
        {isSet && (
          <Button loading={remove.isPending} onClick={() => remove.mutate()}>
            {text('access.remove')}
          </Button>
        )}
      </div>
    </form>
  );
}

function TestMail({ isReady }: { readonly isReady: boolean }) {
  const [to, setTo] = useState('');
  const test = useAct<void, { to: string }>({
    run: () => change('POST', '/v1/mail/test', { to }),
    done: () => text('mail.test_done', { to }),
    silent: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    test.mutate();
  };
  return (
    <form className={page.stack} onSubmit={submit}>
      <TextInput
        maw={360}
        label={text('mail.test_to')}
        description={text(isReady ? 'mail.test_what' : 'mail.test_not_yet')}
        type="email"
        value={to}
        disabled={!isReady}
        error={onlyFieldFault(test.error, 'to')}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <div className={page.actions}>
        <Button
          type="submit"
          leftSection={<Mail size={16} />}
          disabled={!isReady || to === ''}
          loading={test.isPending}
        >
          {text('mail.test')}
        </Button>
      </div>
    </form>
  );
}
