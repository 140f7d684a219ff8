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
