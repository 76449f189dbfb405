import { OriginalList } from 'adminjs';
import React, { type ComponentProps } from 'react';
import { ExportList } from './export-list';
import { SavedViews } from './saved-views';

/** Every list of the panel: above it the views that people saved, and its export. */
const RecordList = (props: ComponentProps<typeof OriginalList>) => (
  <>
    <div className="kg kg-list-head">
      <SavedViews resource={props.resource.id} />
      <ExportList resource={props.resource.id} />
    </div>
    <OriginalList {...props} />
  </>
);

export default RecordList;
