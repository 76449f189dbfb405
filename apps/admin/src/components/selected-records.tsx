import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { BulkPanel } from './bulk-panel';
import type { RecordJson, ResourceJson } from './types';

/** What was chosen in a list, with one button for doing the same to all of it. */
const SelectedRecords = (props: {
  resource: ResourceJson;
  selectedRecords?: readonly RecordJson[];
}) => {
  const { resource, selectedRecords = [] } = props;
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  if (selectedRecords.length === 0) return null;
  return (
    <caption className="kg kg-selected">
      <div className="kg-row">
        <b>{t('page.bulk.selected', { count: selectedRecords.length })}</b>
        <button
          type="button"
          className="kg-button main"
          data-testid="bulk"
          onClick={() => setOpen(true)}
        >
          {t('page.bulk.open')}
        </button>
      </div>
      {isOpen ? (
        <BulkPanel
          resource={resource.id}
          records={selectedRecords}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </caption>
  );
};

export default SelectedRecords;
