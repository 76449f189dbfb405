import { OriginalActionHeader } from 'adminjs';
import React, { type ComponentType } from 'react';
import type { RecordJson } from './types';

interface HeaderProps {
  readonly record?: RecordJson;
  readonly tag?: string;
}
const COUNT_MAX = 10_000;
const Header = OriginalActionHeader as unknown as ComponentType<HeaderProps>;

/** The library names what is done; which record it is done to belongs beside it. */
const ActionHeader = (props: HeaderProps) => {
  const title = props.tag === undefined ? props.record?.title : countedTag(props.tag);
  return <Header {...props} {...(title ? { tag: title } : {})} />;
};

/** A list's tag is its count. The server counts up to a limit, and one more says that there are more. */
function countedTag(tag: string): string {
  if (!/^\d+$/.test(tag)) return tag;
  const count = Number(tag);
  return count > COUNT_MAX ? `${shown(COUNT_MAX)}+` : shown(count);
}

const shown = (count: number): string => count.toLocaleString('en-US');

export default ActionHeader;
