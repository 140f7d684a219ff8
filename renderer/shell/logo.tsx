/** A small gate with its door: the sign of Postern. */
export function Logo({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="var(--accent)" aria-hidden="true">
      <path d="M2 19V9a8 8 0 0 1 16 0v10h-4.2V9.4a3.8 3.8 0 0 0-7.6 0V19z" />
      <rect x="8.4" y="13" width="3.2" height="6" rx="1" />
    </svg>
  );
}
