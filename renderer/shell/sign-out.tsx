import { ActionIcon } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { sessionQuery } from '../api/queries.ts';
import { forgetDrafts } from '../elements/drafts.ts';
import { text } from '../texts/text.ts';

/** Ends the session of this browser. */
export function SignOut() {
  const client = useQueryClient();
  const leave = useAct({
    run: () => change('DELETE', '/v1/session'),
    after: () => {
      forgetDrafts();
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
      client.setQueryData(sessionQuery.queryKey, 'signed-out');
    },
  });
  return (
    <ActionIcon
      aria-label={text('app.sign_out')}
      title={text('app.sign_out')}
      loading={leave.isPending}
      onClick={() => leave.mutate()}
    >
      <LogOut size={16} aria-hidden="true" />
    </ActionIcon>
  );
}
