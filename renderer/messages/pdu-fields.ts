/** The hues of a PDU's fields; several fields of one purpose share one. */
export type FieldHue = 'sca' | 'type' | 'mr' | 'da' | 'pid' | 'vp' | 'udl' | 'udh' | 'ud';

const hues: Readonly<Record<string, FieldHue>> = {
  smsc: 'sca',
  mr: 'mr',
  address: 'da',
  pid: 'pid',
  dcs: 'pid',
  vp: 'vp',
  scts: 'vp',
  dt: 'vp',
  udl: 'udl',
  udh: 'udh',
  fill: 'udh',
  ud: 'ud',
};

/** The hue of a field by the first part of its dotted name; what is not listed are bits of the first octet. */
export function hueOf(field: string): FieldHue {
  return hues[field.split('.', 1)[0] ?? ''] ?? 'type';
}

/** A PDU in hexadecimal as its octets. */
export function octetsOf(hex: string): readonly string[] {
  return hex.match(/../g) ?? [];
}
