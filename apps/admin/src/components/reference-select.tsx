import { ApiClient, useTranslation } from 'adminjs';
import React, { useEffect, useState } from 'react';

const MANY = 50;
const api = new ApiClient();

const labelOf = (record: any) =>
  record.params.code && record.params.code !== record.title
    ? `${record.params.code} ${record.title}`
    : record.title;

/** Chooses a record of another resource; where there are many, a word narrows them down. */
export const ReferenceSelect = (props: {
  id: string;
  resourceId: string;
  value: string;
  empty: string;
  isDisabled?: boolean;
  known?: any;
  onChange: (id: string, record?: any) => void;
}) => {
  const { id, resourceId, value, empty, isDisabled, known, onChange } = props;
  const { t } = useTranslation();
  const [records, setRecords] = useState<any[]>([]);
  const [word, setWord] = useState('');
  const [hasMany, setMany] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(
      () => {
        api
          .searchRecords({ resourceId, query: word })
          .then((found: any[]) => {
            if (!isCurrent) return;
            setRecords(found);
            if (found.length >= MANY) setMany(true);
          })
          .catch(() => undefined);
      },
      word === '' ? 0 : 250,
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [resourceId, word]);
  const isListed = records.some((record) => String(record.id) === String(value));
  return (
    <>
      {hasMany ? (
        <input
          type="search"
          className="kg-field"
          aria-label={t('action.search')}
          placeholder={t('action.search')}
          value={word}
          onChange={(event) => setWord(event.target.value)}
          style={{ marginBottom: 6 }}
        />
      ) : null}
      <select
        id={id}
        className="kg-field"
        value={value}
        disabled={isDisabled}
        onChange={(event) =>
          onChange(
            event.target.value,
            records.find((record) => String(record.id) === event.target.value),
          )
        }
      >
        <option value="">{empty}</option>
        {value !== '' && !isListed ? <option value={value}>{known?.title ?? value}</option> : null}
        {records.map((record) => (
          <option key={record.id} value={record.id}>
            {labelOf(record)}
          </option>
        ))}
      </select>
    </>
  );
};
