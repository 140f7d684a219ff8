import { Button, createTheme, type MantineColorsTuple, Skeleton } from '@mantine/core';

/** Ten equal shades: what is really drawn comes from the tokens, which know light and dark. */
const petrol: MantineColorsTuple = [
  '#0c6672',
  '#0c6672',
  '#0c6672',
  '#0c6672',
  '#0c6672',
  '#0c6672',
  '#0c6672',
  '#0c6672',
  '#0c6672',
  '#0c6672',
];

const control = {
  '--button-height': 'var(--h-control)',
  '--button-padding-x': 'var(--sp-4)',
  '--button-fz': 'var(--fs-13)',
  '--button-radius': 'var(--r-2)',
};

const compact = {
  '--button-height': 'var(--h-compact)',
  '--button-padding-x': '10px',
  '--button-fz': 'var(--fs-12)',
  '--button-radius': 'var(--r-2)',
};

/** The component library, told to look like the tokens. */
export const theme = createTheme({
  colors: { petrol },
  primaryColor: 'petrol',
  components: {
    Button: Button.extend({
      defaultProps: { variant: 'default' },
      vars: (_theme, { size }) => ({ root: size === 'compact-xs' ? compact : control }),
      styles: { label: { fontWeight: 'var(--fw-medium)' } },
    }),
    Skeleton: Skeleton.extend({ vars: () => ({ root: { '--skeleton-radius': 'var(--r-1)' } }) }),
  },
});
