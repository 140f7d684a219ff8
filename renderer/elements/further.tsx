import { Button } from '@mantine/core';
import { text } from '../texts/text.ts';
import page from './page.module.css';

interface FurtherProps {
  /** What `useInfiniteQuery` tells of a list. */
  readonly of: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    fetchNextPage(): Promise<unknown>;
  };
}

/** The way to what is older, at the end of a list of which only the newest is there. */
export function Further({ of: list }: FurtherProps) {
  if (!list.hasNextPage) return null;
  return (
    <div className={`${page.actions} ${page.pad}`}>
      <Button size="compact-xs" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {text('list.further')}
      </Button>
    </div>
  );
}
