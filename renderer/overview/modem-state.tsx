import {
  CircleCheck,
  LoaderCircle,
  Lock,
  type LucideIcon,
  PowerOff,
  RadioTower,
  RotateCw,
  TriangleAlert,
  Unplug,
} from 'lucide-react';
import type { ModemView, ModemState as State } from '../../src/contract/modem.ts';
import { StatusWord } from '../elements/status-word.tsx';
import { hasWeakSignal, stateHue, stateWord } from './modem-words.ts';

const icons: Readonly<Record<State, LucideIcon>> = {
  absent: Unplug,
  disabled: PowerOff,
  opening: LoaderCircle,
  starting: LoaderCircle,
  locked: Lock,
  registering: RadioTower,
  setting_up: LoaderCircle,
  ready: CircleCheck,
  recovering: RotateCw,
  attention: TriangleAlert,
};

/** Where a modem stands. */
export function ModemState({ modem }: { readonly modem: ModemView }) {
  const icon = hasWeakSignal(modem) ? TriangleAlert : icons[modem.state];
  return <StatusWord icon={icon} hue={stateHue(modem)} word={stateWord(modem)} />;
}
