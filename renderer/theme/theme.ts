import { ActionIcon, Button, createTheme, type MantineColorsTuple, Modal, Skeleton } from '@mantine/core';

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

/** What a button looks like: `danger` does what cannot be undone. */
const looks = {
  default: {},
  filled: {
    '--button-bg': 'var(--accent)',
    '--button-hover': 'var(--accent-hover)',
    '--button-color': 'var(--on-accent)',
    '--button-bd': '1px solid var(--accent)',
  },
  subtle: {
    '--button-bg': 'transparent',
    '--button-hover': 'var(--hover)',
    '--button-color': 'var(--text-2)',
    '--button-bd': '1px solid transparent',
  },
  danger: {
    '--button-bg': 'var(--failed)',
    '--button-hover': 'var(--failed)',
    '--button-color': 'var(--surface)',
    '--button-bd': '1px solid var(--failed)',
  },
};

/** The component library, told to look like the tokens. */
export const theme = createTheme({
  colors: { petrol },
  primaryColor: 'petrol',
  components: {
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle' },
      vars: () => ({
        root: {
          '--ai-size': 'var(--h-control)',
          '--ai-bg': 'transparent',
          '--ai-hover': 'var(--hover)',
          '--ai-hover-color': 'var(--text)',
          '--ai-color': 'var(--text-2)',
          '--ai-bd': '1px solid transparent',
        },
      }),
    }),
    Modal: Modal.extend({ defaultProps: { centered: true, size: 480, transitionProps: { duration: 0 } } }),
    Button: Button.extend({
      defaultProps: { variant: 'default' },
      vars: (_theme, { size, variant = 'default' }) => ({
        root: { ...(size === 'compact-xs' ? compact : control), ...looks[variant as keyof typeof looks] },
      }),
      styles: { label: { fontWeight: 'var(--fw-medium)' } },
    }),
    Skeleton: Skeleton.extend({ vars: () => ({ root: { '--skeleton-radius': 'var(--r-1)' } }) }),
  },
});
