import { ActionIcon, type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { Moon, Sun, SunMoon } from 'lucide-react';
import { text } from '../texts/text.ts';

const next = { auto: 'light', light: 'dark', dark: 'auto' } as const satisfies Record<
  MantineColorScheme,
  MantineColorScheme
>;
const icons = { auto: SunMoon, light: Sun, dark: Moon };

/** Light, dark, or as the system has it. The choice is kept in this browser. */
export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const Icon = icons[colorScheme];
  const label = text(`theme.${colorScheme}`);
  return (
    <ActionIcon aria-label={label} title={label} onClick={() => setColorScheme(next[colorScheme])}>
      <Icon size={16} aria-hidden="true" />
    </ActionIcon>
  );
}
