import { Button } from '@mantine/core';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import type { BackupView } from '../../src/contract/backup.ts';
import { useAct } from '../api/act.ts';
import { upload } from '../api/client.ts';
import { FileChoice } from '../elements/file-choice.tsx';
import { text } from '../texts/text.ts';

/** Each part must come within the time that the gateway allows a request, also over a slow line. */
const partOctets = 4 * 1024 * 1024;

/** A backup from this computer, brought to the gateway in parts; there it is checked. */
export function BackupUpload({ disabled }: { readonly disabled: boolean }) {
  const [percent, setPercent] = useState(0);
  const bring = useAct<File, BackupView | undefined>({
    run: (file) => bringInParts(file, setPercent),
    done: (_backup, { name }) => text('backup.uploaded', { name }),
  });
  return (
    <FileChoice accept=".db" onChoose={(file) => bring.mutate(file)}>
      {(props) => (
        <Button
          {...props}
          size="compact-xs"
          leftSection={<Upload size={14} />}
          disabled={disabled || bring.isPending}
        >
          {bring.isPending ? text('backup.uploading', { percent }) : text('backup.upload')}
        </Button>
      )}
    </FileChoice>
  );
}

async function bringInParts(
  file: File,
  onProgress: (percent: number) => void,
): Promise<BackupView | undefined> {
  const path = `/v1/backups/${encodeURIComponent(file.name)}/file`;
  let taken: BackupView | undefined;
  for (let offset = 0; offset < Math.max(file.size, 1); offset += partOctets) {
    onProgress(Math.floor((100 * offset) / Math.max(file.size, 1)));
    const part = file.slice(offset, offset + partOctets);
    const query = `?offset=${offset}&size=${file.size}`;
    taken = await upload<BackupView>(path + query, part, 'application/vnd.sqlite3', 'PUT');
  }
  return taken;
}
