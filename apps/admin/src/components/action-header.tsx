import { OriginalActionHeader } from 'adminjs';
import React, { type ComponentType } from 'react';
import type { RecordJson } from './types';

interface HeaderProps {
  readonly record?: RecordJson;
  readonly tag?: string;
}
const Header = OriginalActionHeader as unknown as ComponentType<HeaderProps>;

/** The library names what is done; which record it is done to belongs beside it. */
const ActionHeader = (props: HeaderProps) => {
  const title = props.tag ?? props.record?.title;
  return <Header {...props} {...(title ? { tag: title } : {})} />;
};

export default ActionHeader;
