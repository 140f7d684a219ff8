import { FileButton, type FileButtonProps } from '@mantine/core';

interface FileChoiceProps {
  readonly accept: string;
  readonly onChoose: (file: File) => void;
  /** Draws the button. */
  readonly children: FileButtonProps['children'];
}

/**
 * Has a person choose a file. The one that was chosen before is forgotten at each press: of the same file, mended
 * meanwhile, a browser would tell nothing.
 */
export function FileChoice({ accept, onChoose, children }: FileChoiceProps) {
  return (
    <FileButton
      accept={accept}
      onChange={(file) => file && onChoose(file)}
      inputProps={{
        onClick: ({ currentTarget }) => {
          currentTarget.value = '';
        },
      }}
    >
      {children}
    </FileButton>
  );
}
