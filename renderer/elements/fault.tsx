import { type FieldNames, faultOf } from '../api/act.ts';
import page from './page.module.css';

interface FaultProps {
  readonly error: Error | null;
  readonly fields?: FieldNames | undefined;
  /** Where the place needs more than the colour. */
  readonly className?: string | undefined;
}

/** Why something could not be done, read out at once; nothing while there is no error. */
export function Fault({ error, fields, className = page.fault }: FaultProps) {
  return (
    error && (
      <p role="alert" className={className}>
        {faultOf(error, fields)}
      </p>
    )
  );
}
