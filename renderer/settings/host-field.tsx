import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { text } from '../texts/text.ts';

const thisComputer = '127.0.0.1';
const wholeNetwork = '0.0.0.0';

interface HostFieldProps {
  readonly label: string;
  readonly description: string | undefined;
  readonly error: string | undefined;
  readonly disabled: boolean;
  readonly value: string;
  readonly onChange: (host: string) => void;
}

/** Who may reach something that listens: said in words, with the address that stands for it. */
export function HostField({ label, description, error, disabled, value, onChange }: HostFieldProps) {
  const [isOther, setOther] = useState(false);
  const names = [thisComputer, wholeNetwork];
  const isNamed = names.includes(value) && !isOther;
  return (
    <>
      <NativeSelect
        label={label}
        description={description}
        error={isNamed && error}
        disabled={disabled}
        data={[
          { value: thisComputer, label: text('network.this_computer', { address: thisComputer }) },
          { value: wholeNetwork, label: text('network.whole_network', { address: wholeNetwork }) },
          { value: '', label: text('network.one_address') },
        ]}
        value={isNamed ? value : ''}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          setOther(chosen === '');
          if (chosen !== '') onChange(chosen);
        }}
      />
      {!isNamed && (
        <TextInput
          label={text('network.address')}
          description={text('network.address_what')}
          error={error}
          disabled={disabled}
          value={value}
          onChange={(event) => {
            setOther(true);
            onChange(event.currentTarget.value);
          }}
        />
      )}
    </>
  );
}
