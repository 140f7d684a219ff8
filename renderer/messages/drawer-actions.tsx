import { ActionIcon, Button, Menu } from '@mantine/core';
import { Ban, Copy, Ellipsis, Eraser, RotateCcw, SquareTerminal } from 'lucide-react';
import { memo, useState } from 'react';
import type { Message } from '../../src/contract/message.ts';
import { useAct, useMay } from '../api/act.ts';
import { change } from '../api/client.ts';
import { create } from '../api/repeatable.ts';
import { Confirm } from '../elements/confirm.tsx';
import { copy } from '../elements/copy.ts';
import { toast } from '../elements/toasts.tsx';
import { goTo, type Route } from '../shell/route.ts';
import { text } from '../texts/text.ts';
import { sendCommand } from './curl.ts';

/** What can be done with one message: stop it, send it again, copy it, erase it. */
export const DrawerActions = memo(function DrawerActions({ message }: { readonly message: Message }) {
  const { message_id: id, status } = message;
  const isOut = message.direction === 'outbound' && message.erased_at === undefined;
  const isUnderWay = status === 'queued' || status === 'dispatched';
  const maySend = useMay('sms:send');
  const cancel = useAct<string>({
    run: (id) => change('POST', `/v1/sms/${id}/cancel`),
    done: () => text('drawer.cancelled'),
  });
  const resend = useAct<string, Pick<Message, 'message_id'>>({
    run: (id) => create(`/v1/sms/${id}/resend`),
    done: () => text('drawer.resent'),
    leadsTo: (sent) => ({ screen: 'messages', filter: {}, open: sent.message_id }),
  });
  return (
    <>
      {maySend && isOut && isUnderWay && (
        <Button
          variant="subtle"
          leftSection={<Ban size={16} />}
          loading={cancel.isPending && cancel.variables === id}
          onClick={() => cancel.mutate(id)}
        >
          {text('drawer.cancel')}
        </Button>
      )}
      {maySend && isOut && !isUnderWay && message.redacted_at === undefined && (
        <Button
          variant="subtle"
          leftSection={<RotateCcw size={16} />}
          loading={resend.isPending && resend.variables === id}
          onClick={() => (status === 'failed' ? resend.mutate(id) : goTo(asDraft(message)))}
        >
          {text(status === 'failed' ? 'drawer.resend' : 'drawer.send_anew')}
        </Button>
      )}
      <More message={message} mayBeErased={!isUnderWay && message.erased_at === undefined} />
    </>
  );
});

/** What has been sent is only sent once more by somebody who has seen to whom. */
function asDraft({ from, to, body }: Message): Route {
  return { screen: 'compose', ...(from && { from }), ...(to && { to }), body };
}

interface MoreProps {
  readonly message: Message;
  readonly mayBeErased: boolean;
}

/** The menu and the question are about one message: with another one they are closed. */
function More({ message, mayBeErased }: MoreProps) {
  const [openFor, setOpenFor] = useState<string>();
  const isAdmin = useMay('admin');
  const erase = useAct({
    run: () => change('DELETE', `/v1/sms/${message.message_id}`),
    done: () => text('drawer.erased'),
    silent: true,
  });
  const take = async (words: string, told: string) => {
    const isCopied = await copy(words);
    toast(isCopied ? { tone: 'done', title: told } : { tone: 'failed', title: text('copy.failed') });
  };
  return (
    <Confirm
      title={text('drawer.erase_title')}
      confirm={text('drawer.erase')}
      destructive
      subject={message.message_id}
      onConfirm={() => erase.mutateAsync()}
      trigger={(ask) => (
        <Menu
          position="bottom-end"
          width={210}
          opened={openFor === message.message_id}
          onChange={(isOpen) => setOpenFor(isOpen ? message.message_id : undefined)}
        >
          <Menu.Target>
            <ActionIcon aria-label={text('drawer.more')} title={text('drawer.more')}>
              <Ellipsis size={16} aria-hidden="true" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<Copy size={14} />}
              onClick={() => void take(message.message_id, text('drawer.id_copied'))}
            >
              {text('drawer.copy_id')}
            </Menu.Item>
            {message.direction === 'outbound' && (
              <Menu.Item
                leftSection={<SquareTerminal size={14} />}
                onClick={() =>
                  void take(sendCommand(window.location.origin, message), text('drawer.curl_copied'))
                }
              >
                {text('drawer.copy_curl')}
              </Menu.Item>
            )}
            {isAdmin && mayBeErased && (
              <Menu.Item leftSection={<Eraser size={14} />} data-destructive onClick={ask}>
                {text('drawer.erase')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    >
      <p>{text('drawer.erase_what')}</p>
    </Confirm>
  );
}
