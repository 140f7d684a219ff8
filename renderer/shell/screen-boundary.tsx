import { Button } from '@mantine/core';
import { CircleX } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { Notice } from '../elements/notice.tsx';
import { text } from '../texts/text.ts';

interface ScreenBoundaryState {
  readonly failed: boolean;
}

/**
 * Keeps the way to the other screens when one cannot be shown, most often because the gateway was updated and the file
 * of this screen is no longer there: loading the page anew mends that.
 */
export class ScreenBoundary extends Component<{ readonly children: ReactNode }, ScreenBoundaryState> {
  override state: ScreenBoundaryState = { failed: false };

  static getDerivedStateFromError(): ScreenBoundaryState {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Notice icon={CircleX} tone="failed" title={text('screen.failed_title')}>
        <p>{text('screen.failed_what')}</p>
        <Button onClick={() => window.location.reload()}>{text('screen.reload')}</Button>
      </Notice>
    );
  }
}
