import { Button } from '@mantine/core';
import { useAct } from '../api/act.ts';
import { toast } from '../elements/toasts.tsx';
import { text } from '../texts/text.ts';

/** Has the desktop app put the udev rules for modems in place; the system asks for the administrator's password. */
export function GiveAccess() {
  const give = useAct({
    run: async () => window.postern?.giveAccess?.(),
    after: (outcome) => {
      if (!outcome) return;
      const { given, sentence } = outcome;
      const body = given ? sentence : `${sentence} ${text('access.by_hand')}`;
      toast({
        tone: given ? 'done' : 'failed',
        title: text(given ? 'access.given' : 'access.not_given'),
        body,
      });
    },
  });
  return (
    <Button loading={give.isPending} onClick={() => give.mutate()}>
      {text('access.give')}
    </Button>
  );
}
