const causes: Readonly<Record<number, string>> = {
  128: 'telematic interworking not supported',
  129: 'short message type 0 not supported',
  130: 'cannot replace the short message',
  143: 'unspecified error of the protocol identifier',
  144: 'data coding scheme not supported',
  145: 'message class not supported',
  159: 'unspecified error of the data coding scheme',
  160: 'command cannot be carried out',
  161: 'command not supported',
  175: 'unspecified error of a command',
  176: 'TPDU not supported',
  192: 'service centre busy',
  193: 'no subscription at the service centre',
  194: 'failure of the service centre',
  195: 'invalid recipient address',
  196: 'recipient barred',
  197: 'rejected as a duplicate: the service centre has it already',
  198: 'validity period format not supported',
  199: 'validity period not supported',
  208: 'SMS storage of the SIM full',
  209: 'no SMS storage on the SIM',
  210: 'error in the mobile station',
  211: 'memory capacity exceeded',
  212: 'SIM application toolkit busy',
  213: 'SIM data download error',
  255: 'unspecified cause',
};

/** A TP-FCS octet in words (TS 23.040, 9.2.3.22). */
export function describeFailureCause(fcs: number): string {
  if (fcs >= 0xe0 && fcs < 0xff) return 'specific to an application';
  return causes[fcs] ?? 'reserved';
}
