import { Notification } from '@mantine/core';
import { CircleCheck, CircleX, MessageSquareText, TriangleAlert } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { text } from '../texts/text.ts';
import styles from './toasts.module.css';

/** Something that happened, told at the edge of the page for a while. */
export interface Toast {
  readonly tone: 'done' | 'failed' | 'received' | 'attention';
  readonly title: string;
  readonly body?: string | undefined;
}

interface Shown extends Toast {
  readonly id: number;
}

const icons = { done: CircleCheck, failed: CircleX, received: MessageSquareText, attention: TriangleAlert };
const shownMs = 6_000;
/** What failed has to be read. */
const failedMs = 15_000;
const mostShown = 4;

let shown: readonly Shown[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

/** Tells something; the oldest gives way when there are too many. */
export function toast(told: Toast): void {
  const id = ++lastId;
  set([...shown, { ...told, id }].slice(-mostShown));
  setTimeout(() => dismiss(id), told.tone === 'failed' ? failedMs : shownMs);
}

function dismiss(id: number): void {
  set(shown.filter((one) => one.id !== id));
}

function set(next: readonly Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The place where they stand. Screen readers hear them when they pause. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribe, () => shown);
  return (
    <div className={styles.toasts} role="status" aria-live="polite">
      {toasts.map(({ id, tone, title, body }) => {
        const Icon = icons[tone];
        return (
          <Notification
            key={id}
            role="none"
            className={styles.toast}
            data-tone={tone}
            icon={<Icon size={16} aria-hidden="true" />}
            title={title}
            onClose={() => dismiss(id)}
            closeButtonProps={{ 'aria-label': text('action.dismiss') }}
          >
            <bdi>{body}</bdi>
          </Notification>
        );
      })}
    </div>
  );
}
