import { Button } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { text } from '../texts/text.ts';
import styles from './command.module.css';
import { copy } from './copy.ts';
import { toast } from './toasts.tsx';

/** So long it is told that they were copied. */
const toldMs = 2_000;

/** Lines for a terminal with a button that copies them. */
export function Command({ lines }: { readonly lines: string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const told = setTimeout(() => setCopied(false), toldMs);
    return () => clearTimeout(told);
  }, [isCopied]);
  const take = async () => {
    const done = await copy(lines);
    setCopied(done);
    if (!done) toast({ tone: 'failed', title: text('copy.failed') });
  };
  return (
    <div className={styles.command}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre className={styles.lines} tabIndex={0}>
        {lines}
      </pre>
      <Button
        className={styles.copy}
        size="compact-xs"
        leftSection={isCopied ? <Check size={14} /> : <Copy size={14} />}
        onClick={() => void take()}
      >
        {text(isCopied ? 'no_messages.copied' : 'no_messages.copy')}
      </Button>
    </div>
  );
}
