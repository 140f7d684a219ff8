import { Button } from '@mantine/core';
import { Power, RotateCw, Trash2 } from 'lucide-react';
import type { ModemView } from '../../src/contract/modem.ts';
import { useAct, useMay } from '../api/act.ts';
import { change } from '../api/client.ts';
import { Confirm } from '../elements/confirm.tsx';
import { modemName } from '../overview/modem-words.ts';
import { text } from '../texts/text.ts';

/** What an administrator does with the whole modem: start it anew, let go of its port, take it up again. */
export function ModemActions({ modem }: { readonly modem: ModemView }) {
  const name = modemName(modem);
  const path = `/v1/modems/${encodeURIComponent(modem.id)}`;
  const reset = useAct({
    run: () => change('POST', `${path}/reset`),
    done: () => text('modem.reset_done', { name }),
    silent: true,
  });
  const disable = useAct({
    run: () => change('POST', `${path}/disable`),
    done: () => text('modem.disable_done', { name }),
    silent: true,
  });
  const enable = useAct({
    run: () => change('POST', `${path}/enable`),
    done: () => text('modem.enable_done', { name }),
  });
  const may = useMay('admin');
  if (!may) return null;
  if (modem.state === 'disabled') {
    return (
      <Button
        variant="filled"
        leftSection={<Power size={16} />}
        loading={enable.isPending}
        onClick={() => enable.mutate()}
      >
        {text('modem.enable')}
      </Button>
    );
  }
  if (modem.state === 'absent') return <Forget modem={modem} />;
  return (
    <>
      <Confirm
        title={text('modem.reset_title', { name })}
        confirm={text('modem.reset')}
        onConfirm={() => reset.mutateAsync()}
        trigger={(ask) => (
          <Button leftSection={<RotateCw size={16} />} onClick={ask}>
            {text('modem.reset')}
          </Button>
        )}
      >
        <p>{text('modem.reset_what')}</p>
      </Confirm>
      <Confirm
        title={text('modem.disable_title', { name })}
        confirm={text('modem.disable')}
        destructive
        onConfirm={() => disable.mutateAsync()}
        trigger={(ask) => (
          <Button leftSection={<Power size={16} />} onClick={ask}>
            {text('modem.disable')}
          </Button>
        )}
      >
        <p>{text('modem.disable_what')}</p>
      </Confirm>
    </>
  );
}

/** A modem that is gone for good; one that is plugged in cannot be forgotten. */
function Forget({ modem }: { readonly modem: ModemView }) {
  const name = modemName(modem);
  const forget = useAct({
    run: () => change('DELETE', `/v1/modems/${encodeURIComponent(modem.id)}`),
    done: () => text('modem.forget_done', { name }),
    leadsTo: () => ({ screen: 'modems' }),
    silent: true,
  });
  return (
    <Confirm
      title={text('modem.forget_title', { name })}
      confirm={text('modem.forget')}
      destructive
      onConfirm={() => forget.mutateAsync()}
      trigger={(ask) => (
        <Button leftSection={<Trash2 size={16} />} onClick={ask}>
          {text('modem.forget')}
        </Button>
      )}
    >
      <p>{text('modem.forget_what')}</p>
    </Confirm>
  );
}
