import { Button } from '@mantine/core';
import { RotateCw } from 'lucide-react';
import { useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { Confirm } from '../elements/confirm.tsx';
import { text } from '../texts/text.ts';

/** Stops the gateway in order and starts it again, after asking. `isWanted`: something waits for that. */
export function RestartButton({ isWanted = false }: { readonly isWanted?: boolean }) {
  const restart = useAct({
    run: () => change('POST', '/v1/restart'),
    done: () => text('restart.begun'),
    silent: true,
  });
  return (
    <Confirm
      title={text('restart.title')}
      confirm={text('restart.now')}
      onConfirm={() => restart.mutateAsync()}
      trigger={(ask) => (
        <Button variant={isWanted ? 'filled' : 'default'} leftSection={<RotateCw size={16} />} onClick={ask}>
          {text('restart.now')}
        </Button>
      )}
    >
      <p>{text('restart.confirm')}</p>
    </Confirm>
  );
}
