import type { Preview } from '../../src/contract/preview.ts';
import styles from './compose.module.css';

/** More would not be told apart. */
const mostShown = 8;

/** A bar a segment, the last as full as it is. The numbers beside it say the same. */
export function SegmentMeter({ preview }: { readonly preview: Preview }) {
  const { segment_count: segments, units_per_segment: units, characters_left: left } = preview;
  if (segments === 0 || segments > mostShown) return null;
  const full = Math.round((1 - Math.min(left / units, 1)) * 100);
  return (
    <span className={styles.meter} aria-hidden="true">
      {Array.from({ length: segments }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a segment is its place
        <i key={place}>
          <i style={{ width: `${place < segments - 1 ? 100 : Math.max(full, 4)}%` }} />
        </i>
      ))}
    </span>
  );
}
