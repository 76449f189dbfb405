import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { useLocation } from 'react-router';
import { Link } from 'react-router-dom';
import { FileDrop } from './file-drop';
import { recordPage } from './places';

/** A scan of a licence is handed in; which licence stands in the address. */
const LicenceUploadPage = () => {
  const { t } = useTranslation();
  const licence = new URLSearchParams(useLocation().search).get('licence') ?? '';
  const [file, setFile] = useState<File | null>(null);
  const [isSending, setSending] = useState(false);
  const [said, setSaid] = useState<{ text: string; isFault: boolean } | null>(null);
  const send = async () => {
    if (!file) return;
    setSending(true);
    setSaid(null);
    const query = new URLSearchParams({ licence, name: file.name });
    const response = await fetch(`/admin/command/licence-documents?${query.toString()}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream', Accept: 'application/json' },
      body: file,
    }).catch(() => null);
    const answer = await response?.json().catch(() => ({}));
    setSending(false);
    if (response?.ok) {
      setFile(null);
      setSaid({ text: t('page.licence.uploaded'), isFault: false });
    } else setSaid({ text: answer?.message ?? t('notice.network'), isFault: true });
  };
  return (
    <div className="kg inner" data-testid="licence-upload">
      <h1>{t('action.uploadDocument')}</h1>
      <p className="muted">{t('page.licence.uploadLead')}</p>
      <FileDrop file={file} onFile={setFile} accept=".pdf,.png,.jpg,.jpeg,.webp" />
      <div className="kg-row" style={{ marginTop: 12 }}>
        <button
          type="button"
          className="kg-button main"
          disabled={!file || isSending}
          onClick={() => void send()}
        >
          {t('page.licence.uploadSend')}
        </button>
        <Link className="kg-button" to={recordPage('Licence', licence)}>
          {t('page.licence.back')}
        </Link>
      </div>
      {said ? (
        <p className={said.isFault ? 'kg-error' : 'kg-ok'} role="status">
          {said.text}
        </p>
      ) : null}
    </div>
  );
};

export default LicenceUploadPage;
