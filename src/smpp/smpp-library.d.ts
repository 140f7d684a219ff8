declare module 'smpp' {
  /** A PDU as the library decodes it: the head, and each field and TLV by its name in the specification. */
  class PDU {
    command: string;
    command_length: number;
    command_id: number;
    command_status: number;
    sequence_number: number;
    [field: string]: unknown;
    constructor(command: string | Buffer, options?: Readonly<Record<string, unknown>>);
    isResponse(): boolean;
    toBuffer(): Buffer;
    /** Puts texts and times into other forms, on the way in and out. */
    _filter(direction: 'encode' | 'decode'): void;
  }

  interface FieldType {
    size(value: unknown): number;
  }

  const library: {
    readonly PDU: typeof PDU;
    readonly commands: Readonly<
      Record<string, { readonly params?: Readonly<Record<string, { readonly type: FieldType }>> }>
    >;
    readonly commandsById: Readonly<Record<number, { readonly command: string }>>;
  };
  export = library;
}
