import { text } from '../texts/text.ts';
import { Logo } from './logo.tsx';

/** Before the gateway has answered for the first time. It looks as index.html does, so that nothing flickers. */
export function Opening() {
  return (
    <p className="starting" role="status" aria-label={text('app.opening')}>
      <Logo size={32} />
    </p>
  );
}
