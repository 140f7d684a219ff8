import { cinterionMc75i } from './cinterion-mc75i.ts';
import { generic } from './generic.ts';
import { huaweiE173 } from './huawei-e173.ts';
import type { Profile } from './profile.ts';
import { quectelEc25 } from './quectel-ec25.ts';
import { sierraMc7304 } from './sierra-mc7304.ts';
import { sim800 } from './sim800.ts';
import { sim7600 } from './sim7600.ts';
import { telitHe910 } from './telit-he910.ts';
import { uBloxSara } from './u-blox-sara.ts';
import { wavecom } from './wavecom.ts';
import { zteMf180 } from './zte-mf180.ts';

/** Every family of modems that can be emulated, by the word it is asked for with. */
export const profiles: Readonly<Record<string, Profile>> = {
  generic,
  'huawei-e173': huaweiE173,
  'zte-mf180': zteMf180,
  'quectel-ec25': quectelEc25,
  sim800,
  sim7600,
  'telit-he910': telitHe910,
  'u-blox-sara': uBloxSara,
  'sierra-mc7304': sierraMc7304,
  'cinterion-mc75i': cinterionMc75i,
  wavecom,
};
