import { text } from '../texts/text.ts';
import { Logo } from './logo.tsx';
import styles from './opening.module.css';

/** Before the gateway has answered for the first time. Mostly too short to be seen, so it is shown late. */
export function Opening() {
  return (
    <div className={styles.opening} role="status" aria-label={text('app.opening')}>
      <Logo size={32} />
    </div>
  );
}
