import { Refused } from './calls';

const PREVIEW_BYTES = 256 * 1024;

/** The beginning of a statement as the import would read it; an Excel file can only be read whole. */
export async function previewOf<Answer>(
  file: File,
  settings: Record<string, string>,
  fallback: string,
): Promise<Answer> {
  const isExcel = /\.xlsx$/i.test(file.name);
  const response = await fetch(
    `/admin/command/statements-in/preview?${new URLSearchParams(settings).toString()}`,
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream', Accept: 'application/json' },
      body: isExcel ? file : file.slice(0, PREVIEW_BYTES),
    },
  );
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.message ?? fallback, body.code ?? '');
  return body;
}

/** Sends a statement and answers when it is taken and reconciled; `onProgress` hears what was sent, in percent. */
export function sendStatement<Answer>(
  file: File,
  settings: Record<string, string>,
  onProgress: (percent: number) => void,
  fallback: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(
      'POST',
      `/admin/command/statements-in?${new URLSearchParams(settings).toString()}`,
    );
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept', 'application/json');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) =>
      onProgress(Math.floor((loaded / total) * 100));
    request.onload = () => {
      if (request.status < 300) resolve(request.response);
      else reject(new Refused(request.response?.message ?? fallback, request.response?.code ?? ''));
    };
    request.onerror = () => reject(new Refused(fallback, ''));
    request.send(file);
  });
}
