import styles from './signal-bars.module.css';

const heights = [4, 7.3, 10.6, 13.9];

/** Four bars, `bars` of them filled. Its meaning must stand beside it in words. */
export function SignalBars({ bars }: { readonly bars: number }) {
  return (
    <svg className={styles.bars} viewBox="0 0 18 14" aria-hidden="true">
      {heights.map((height, place) => (
        <rect
          key={height}
          x={place * 4.7}
          y={14 - height}
          width="3.4"
          height={height}
          rx="1"
          className={place < bars ? styles.filled : undefined}
        />
      ))}
    </svg>
  );
}
