import { useEffect, useRef } from 'react';
import { Command } from './command.tsx';

interface ShownOnceProps {
  /** What it is, and that it is shown this once. */
  readonly words: string;
  readonly secret: string;
}

/** A secret that was made just now. Whoever made it is led to it: nobody may miss it. */
export function ShownOnce({ words, secret }: ShownOnceProps) {
  const head = useRef<HTMLParagraphElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another secret is led to as well
  useEffect(() => head.current?.focus(), [secret]);
  return (
    <>
      <p ref={head} tabIndex={-1}>
        {words}
      </p>
      <Command lines={secret} />
    </>
  );
}
