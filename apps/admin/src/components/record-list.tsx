import { OriginalList } from 'adminjs';
import React, { type ComponentProps } from 'react';
import { SavedViews } from './saved-views';

/** Every list of the panel: the views that people saved stand above it. */
const RecordList = (props: ComponentProps<typeof OriginalList>) => (
  <>
    <SavedViews resource={props.resource.id} />
    <OriginalList {...props} />
  </>
);

export default RecordList;
