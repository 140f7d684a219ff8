import { Button } from '@mantine/core';
import { CircleX } from 'lucide-react';
import { faultOf } from '../api/act.ts';
import { ApiError } from '../api/client.ts';
import { text } from '../texts/text.ts';
import { Notice } from './notice.tsx';

/** Something could not be read: what happened, the request to name to support, and another try. */
export function LoadError({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <Notice icon={CircleX} title={text('load.failed')} tone="failed">
      <p>{faultOf(error)}</p>
      {requestId && <code>{text('load.request', { id: requestId })}</code>}
      <Button onClick={onRetry}>{text('load.again')}</Button>
    </Notice>
  );
}
