import { ActionIcon } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { useAct } from '../api/act.ts';
import { ApiError, change } from '../api/client.ts';
import { text } from '../texts/text.ts';
import { leave } from './leaving.ts';

/** Ends the session of this browser. */
export function SignOut() {
  const client = useQueryClient();
  const end = useAct({
    run: () => change('DELETE', '/v1/session').catch(unlessOver),
    after: () => leave(client),
  });
  return (
    <ActionIcon
      aria-label={text('app.sign_out')}
      title={text('app.sign_out')}
      loading={end.isPending}
      onClick={() => end.mutate()}
    >
      <LogOut size={16} aria-hidden="true" />
    </ActionIcon>
  );
}

/** A session that is over already is left all the same. */
function unlessOver(error: unknown): void {
  if (!(error instanceof ApiError) || error.status !== 401) throw error;
}
