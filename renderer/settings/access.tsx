import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'lucide-react';
import { type Role, roles } from '../../src/contract/roles.ts';
import type { PasswordView, SignInLink } from '../../src/contract/session.ts';
import { useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { passwordsQuery } from '../api/office-queries.ts';
import { Card } from '../elements/card.tsx';
import { Command } from '../elements/command.tsx';
import { Confirm } from '../elements/confirm.tsx';
import page from '../elements/page.module.css';
import { When } from '../elements/when.tsx';
import { text } from '../texts/text.ts';
import { PasswordForm } from './password-form.tsx';

/** Who can sign in: a password for each role, and links that work once. */
export function Access() {
  const { data: passwords = [] } = useQuery(passwordsQuery);
  return (
    <>
      {roles.map((role) => (
        <RoleCard key={role} role={role} password={passwords.find((one) => one.role === role)} />
      ))}
    </>
  );
}

interface RoleCardProps {
  readonly role: Role;
  readonly password: PasswordView | undefined;
}

function RoleCard({ role, password }: RoleCardProps) {
  const remove = useAct({
    run: () => change('DELETE', `/v1/passwords/${role}`),
    done: () => text('access.removed'),
    silent: true,
  });
  const link = useAct<void, SignInLink>({ run: () => change('POST', '/v1/session/links', { role }) });
  return (
    <Card title={text(`role.${role}`)}>
      <div className={page.form}>
        <p className={page.soft}>{text(`role_what.${role}`)}</p>
        <PasswordForm of={role} isSet={password?.is_set ?? false} />
        <div className={page.actions}>
          <Button leftSection={<Link size={16} />} loading={link.isPending} onClick={() => link.mutate()}>
            {text('access.link')}
          </Button>
          {password?.is_set && (
            <Confirm
              title={text('access.remove_title')}
              confirm={text('access.remove')}
              destructive
              onConfirm={() => remove.mutateAsync()}
              trigger={(ask) => <Button onClick={ask}>{text('access.remove')}</Button>}
            >
              <p>{text('access.remove_what')}</p>
            </Confirm>
          )}
          {password?.changed_at && (
            <span className={page.faint}>
              {text('access.changed')} <When at={password.changed_at} as="relative" />
            </span>
          )}
        </div>
        {link.data && (
          <>
            <p>{text('access.link_what')}</p>
            <Command lines={window.location.origin + link.data.path} />
          </>
        )}
      </div>
    </Card>
  );
}
