import { exactMoment, relativeMoment, shortMoment } from './moment.ts';
import { useNow } from './now.ts';

interface WhenProps {
  /** UTC as the API writes it. */
  readonly at: string;
  /** `relative` stays "5 h ago" up to a day; `short` turns into a time of day after an hour. */
  readonly as?: 'short' | 'relative';
  readonly className?: string | undefined;
}

/** A moment in few words, the exact one on hover. */
export function When({ at, as = 'short', className }: WhenProps) {
  const now = useNow();
  const moment = Date.parse(at);
  const words = as === 'short' ? shortMoment(moment, now) : relativeMoment(moment, now);
  return (
    <time dateTime={at} title={exactMoment(moment)} className={className}>
      {words}
    </time>
  );
}
