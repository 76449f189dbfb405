import { OriginalList, useTranslation } from 'adminjs';
import React, { type ComponentProps } from 'react';
import { useLocation } from 'react-router';
import { ExportList } from './export-list';
import type { ResourceJson } from './types';
import { SavedViews } from './saved-views';

/** Every list of the panel: above it the views that people saved, and its export. */
const RecordList = (props: ComponentProps<typeof OriginalList>) => (
  <>
    <div className="kg kg-list-head">
      <SavedViews resource={props.resource.id} />
      <ExportList resource={props.resource.id} />
    </div>
    <WindowHint resource={props.resource as unknown as ResourceJson} />
    <OriginalList {...props} />
  </>
);

/** A filtered list of millions of rows looks through the newest; a number or days reach further back. */
const WindowHint = ({ resource }: { resource: ResourceJson }) => {
  const { t } = useTranslation();
  const isFiltered = useLocation().search.includes('filters.');
  const rows = resource.filterProperties.find(({ custom }) => custom?.window)?.custom?.window;
  if (!isFiltered || !rows) return null;
  return (
    <p className="kg-hint" style={{ marginBottom: 8 }}>
      {t('page.find.window', { rows: rows.toLocaleString('en-US') })}
    </p>
  );
};

export default RecordList;
