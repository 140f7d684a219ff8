import { Button, PasswordInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import type { Role, SessionView } from '../../src/contract/session.ts';
import { faultOf, useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { sessionQuery, setupQuery } from '../api/queries.ts';
import { Segmented } from '../elements/segmented.tsx';
import { Logo } from '../shell/logo.tsx';
import { text } from '../texts/text.ts';
import styles from './signed-out.module.css';

/** No session: a password, where one is set, and where to find the link that works without one. */
export function SignedOut({ onRetry }: { readonly onRetry: () => void }) {
  const { data: setup } = useQuery(setupQuery);
  const roles = setup?.password_roles ?? [];
  const title = titleFor(roles.length > 0);
  useEffect(() => {
    document.title = `${title} · ${text('app.name')}`;
  }, [title]);
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Logo size={32} />
        <h1>{title}</h1>
        {roles.length > 0 && <PasswordForm roles={roles} />}
        {window.postern ? (
          <p>{text('signed_out.desktop')}</p>
        ) : (
          <WhereTheLinkIs isSecond={roles.length > 0} />
        )}
        <Button onClick={onRetry}>{text('signed_out.again')}</Button>
      </div>
    </main>
  );
}

function titleFor(hasPassword: boolean): string {
  if (hasPassword) return text('signed_out.password_title');
  return text(window.postern ? 'signed_out.desktop_title' : 'signed_out.title');
}

function PasswordForm({ roles }: { readonly roles: readonly Role[] }) {
  const client = useQueryClient();
  const [role, setRole] = useState<Role>(roles[0] ?? 'administrator');
  const [password, setPassword] = useState('');
  const signIn = useAct<void, SessionView>({
    run: () => change('POST', '/v1/session', { role, password }),
    after: (session) => client.setQueryData(sessionQuery.queryKey, session),
    silent: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      {roles.length > 1 && (
        <Segmented
          label={text('signed_out.role')}
          value={role}
          onChange={setRole}
          choices={roles.map((value) => ({ value, name: text(`role.${value}`) }))}
        />
      )}
      <input type="hidden" autoComplete="username" value={role} readOnly />
      <PasswordInput
        label={text('signed_out.password')}
        autoComplete="current-password"
        value={password}
        error={signIn.error && faultOf(signIn.error)}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': text('pin.show') }}
      />
      <Button type="submit" variant="filled" disabled={password === ''} loading={signIn.isPending}>
        {text('signed_out.sign_in')}
      </Button>
    </form>
  );
}

function WhereTheLinkIs({ isSecond }: { readonly isSecond: boolean }) {
  return (
    <>
      <p>{text(isSecond ? 'signed_out.or_link' : 'signed_out.what')}</p>
      <pre className={styles.example}>{text('signed_out.example', { origin: window.location.origin })}</pre>
      <p>{text('signed_out.how')}</p>
    </>
  );
}
