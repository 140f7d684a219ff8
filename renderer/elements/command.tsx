import { Button, CopyButton } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { text } from '../texts/text.ts';
import styles from './command.module.css';

/** Lines for a terminal with a button that copies them. */
export function Command({ lines }: { readonly lines: string }) {
  return (
    <div className={styles.command}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre className={styles.lines} tabIndex={0}>
        {lines}
      </pre>
      <CopyButton value={lines}>
        {({ copied, copy }) => (
          <Button
            className={styles.copy}
            size="compact-xs"
            leftSection={copied ? <Check size={14} /> : <Copy size={14} />}
            onClick={copy}
          >
            {text(copied ? 'no_messages.copied' : 'no_messages.copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
