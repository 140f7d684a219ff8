import { Button, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { faultOf } from '../api/act.ts';
import { text } from '../texts/text.ts';
import styles from './confirm.module.css';

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
  const run = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      await onConfirm();
      setOpenFor(undefined);
    } catch (error) {
      setFault(faultOf(error as Error));
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
