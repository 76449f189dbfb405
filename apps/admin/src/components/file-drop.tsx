import { useTranslation } from 'adminjs';
import React, { useState } from 'react';

/** A file is chosen by a click or dropped here. */
export const FileDrop = (props: {
  file: File | null;
  onFile: (file: File) => void;
  accept?: string;
}) => {
  const { file, onFile, accept = '.txt,.csv,.tsv,text/plain,text/csv' } = props;
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null) => {
    if (files?.[0]) onFile(files[0]);
  };
  return (
    <label
      className={`kg-drop ${isOver ? 'over' : ''}`}
      style={{ marginTop: 18 }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <input
        type="file"
        accept={accept}
        className="kg-unseen"
        data-testid="import-file"
        aria-label={t('page.import.file')}
        onChange={(event) => take(event.target.files)}
      />
      {file ? (
        <strong>
          {file.name}（{(file.size / 1024).toFixed(1)} KB）
        </strong>
      ) : (
        <span className="muted">{t('page.import.drop')}</span>
      )}
    </label>
  );
};
