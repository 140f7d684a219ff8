import { startTransition, useEffect, useState } from 'react';

/** Does something once what is on the page now was painted; returns what calls it off. What is not seen has no frames. */
export function afterPaint(then: () => void): () => void {
  let rest: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    rest = setTimeout(then);
  };
  const frame = document.hidden ? undefined : requestAnimationFrame(wait);
  if (frame === undefined) wait();
  return () => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    clearTimeout(rest);
  };
}

/**
 * A value as it was when the page was painted last: what is dear to draw follows what was pressed, and gives way to whatever
 * a person does meanwhile. `wait` may put it off for longer.
 */
export function usePainted<Value extends string | boolean>(value: Value, wait = afterPaint): Value {
  const [painted, setPainted] = useState(value);
  useEffect(() => wait(() => startTransition(() => setPainted(value))), [value, wait]);
  return painted;
}
