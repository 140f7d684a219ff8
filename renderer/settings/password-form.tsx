import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Role } from '../../src/contract/session.ts';
import { onlyFieldFault, useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import page from '../elements/page.module.css';
import { text } from '../texts/text.ts';

const leastCharacters = 10;

interface PasswordFormProps {
  readonly of: Role;
  readonly isSet: boolean;
  readonly onDone?: () => void;
}

/** Sets the password of a role. Whoever is signed in as it elsewhere has to sign in anew. */
export function PasswordForm({ of: role, isSet, onDone }: PasswordFormProps) {
  const [password, setPassword] = useState('');
  const set = useAct({
    run: () => change('PUT', `/v1/passwords/${role}`, { password }),
    done: () => text('access.set_done'),
    after: () => {
      setPassword('');
      onDone?.();
    },
    silent: true,
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
        description={text('access.least', { least: leastCharacters })}
        autoComplete="new-password"
        value={password}
        error={onlyFieldFault(set.error, 'password')}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': text('pin.show') }}
      />
      <div className={page.actions}>
        <Button
          type="submit"
          variant={password === '' ? 'default' : 'filled'}
          disabled={password.length < leastCharacters}
          loading={set.isPending}
        >
          {text('access.set')}
        </Button>
      </div>
    </form>
  );
}
