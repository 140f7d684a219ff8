import { generic } from './generic.ts';
import { huaweiE173 } from './huawei-e173.ts';
import type { Profile } from './profile.ts';
import { quectelEc25 } from './quectel-ec25.ts';
import { sim800 } from './sim800.ts';
import { sim7600 } from './sim7600.ts';
import { wavecom } from './wavecom.ts';

/** Every family of modems that can be emulated, by the word it is asked for with. */
export const profiles: Readonly<Record<string, Profile>> = {
  generic,
  'huawei-e173': huaweiE173,
  'quectel-ec25': quectelEc25,
  sim800,
  sim7600,
  wavecom,
};
