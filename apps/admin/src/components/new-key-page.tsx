import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { useNavigate } from 'react-router';
import { recordPage } from './places';
import { ReferenceSelect } from './reference-select';

/** A key belongs to a platform: it is chosen here, and its page makes the key. */
const NewKeyPage = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [platformId, setPlatform] = useState('');
  return (
    <div className="kg inner">
      <h1>{t('action.newCredential')}</h1>
      <p className="muted" style={{ marginBottom: 16 }}>
        {t('page.credential.choosePlatform')}
      </p>
      <div className="kg-card kg-form-field">
        <label htmlFor="key-platform">{t('field.ApiCredential.platformId')}</label>
        <ReferenceSelect
          id="key-platform"
          resourceId="Platform"
          value={platformId}
          empty={t('page.common.choose')}
          onChange={setPlatform}
        />
        <p style={{ marginTop: 16 }}>
          <button
            type="button"
            className="kg-button main"
            disabled={platformId === ''}
            onClick={() => navigate(`${recordPage('Platform', platformId)}?verb=newCredential`)}
          >
            {t('action.newCredential')}
          </button>
        </p>
      </div>
    </div>
  );
};

export default NewKeyPage;
