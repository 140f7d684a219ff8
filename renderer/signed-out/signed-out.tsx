import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { Logo } from '../shell/logo.tsx';
import { text } from '../texts/text.ts';
import styles from './signed-out.module.css';

/** No session: where to find the link that makes one. */
export function SignedOut({ onRetry }: { readonly onRetry: () => void }) {
  const title = text(window.postern ? 'signed_out.desktop_title' : 'signed_out.title');
  useEffect(() => {
    document.title = `${title} · ${text('app.name')}`;
  }, [title]);
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Logo size={32} />
        <h1>{title}</h1>
        {window.postern ? <p>{text('signed_out.desktop')}</p> : <WhereTheLinkIs />}
        <Button onClick={onRetry}>{text('signed_out.again')}</Button>
      </div>
    </main>
  );
}

function WhereTheLinkIs() {
  return (
    <>
      <p>{text('signed_out.what')}</p>
      <pre className={styles.example}>{text('signed_out.example', { origin: window.location.origin })}</pre>
      <p>{text('signed_out.how')}</p>
    </>
  );
}
