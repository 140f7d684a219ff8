import { Button, Modal } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { faultOf } from '../api/act.ts';
import { text } from '../texts/text.ts';
import styles from './confirm.module.css';
import { toast } from './toasts.tsx';

interface ConfirmProps {
  readonly title: string;
  /** What will happen, and whether it can be undone. */
  readonly children: ReactNode;
  readonly confirm: string;
  readonly destructive?: boolean;
  /** What it asks about. The question goes away with it: about another one nobody has asked. */
  readonly subject?: string;
  readonly onConfirm: () => Promise<unknown>;
  readonly trigger: (ask: () => void) => ReactNode;
}

/** Asks before something is done that cannot be taken back at once. Stays open and says why when it fails. */
export function Confirm({ title, children, confirm, destructive, subject = '', ...props }: ConfirmProps) {
  const { onConfirm, trigger } = props;
  const [openFor, setOpenFor] = useState<string>();
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const open = useRef<string>(undefined);
  useEffect(() => {
    open.current = openFor;
    return () => {
      open.current = undefined;
    };
  }, [openFor]);
  const run = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      await onConfirm();
      setOpenFor((now) => (now === subject ? undefined : now));
    } catch (error) {
      const words = faultOf(error as Error);
      // whoever has closed the question, or asks about another one, would not learn of it here
      if (open.current === subject) setFault(words);
      else toast({ tone: 'failed', title: text('act.failed'), body: words });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {trigger(() => {
        setFault(undefined);
        setOpenFor(subject);
      })}
      <Modal
        opened={openFor === subject}
        onClose={() => setOpenFor(undefined)}
        title={title}
        closeButtonProps={{ 'aria-label': text('action.close') }}
      >
        <div className={styles.words}>{children}</div>
        {fault && (
          <p role="alert" className={styles.fault}>
            {fault}
          </p>
        )}
        <div className={styles.actions}>
          <Button onClick={() => setOpenFor(undefined)}>{text('action.cancel')}</Button>
          <Button variant={destructive ? 'danger' : 'filled'} loading={busy} onClick={() => void run()}>
            {confirm}
          </Button>
        </div>
      </Modal>
    </>
  );
}
