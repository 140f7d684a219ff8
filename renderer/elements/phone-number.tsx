import { numberGroups } from './number-groups.ts';
import styles from './phone-number.module.css';

/**
 * A number grouped for reading. The gaps are drawn, not written: what is copied is the number itself, without a
 * blank in it.
 */
export function PhoneNumber({ number }: { readonly number: string }) {
  const groups = numberGroups(number);
  if (groups.length === 1) return <span className={styles.name}>{number}</span>;
  return (
    <span className={styles.number}>
      {groups.map((group, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have no identity but their place
        <span key={place}>{group}</span>
      ))}
    </span>
  );
}
