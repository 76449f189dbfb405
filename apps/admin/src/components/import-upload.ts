import type { PreviewView } from './views';
import { Refused } from './calls';
import type { ImportView } from './views';

export const FILE_BYTES_MAX = 256 * 1024 * 1024;
export const PREVIEW_BYTES = 256 * 1024;

/** The first lines of a file, as the import would read them. */
export async function previewOf(
  file: File,
  encoding: string,
  fallback: string,
): Promise<PreviewView> {
  const isWhole = file.size <= PREVIEW_BYTES;
  const query = new URLSearchParams({ encoding, whole: isWhole ? '1' : '0' });
  const response = await fetch(`/admin/command/imports/preview?${query.toString()}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream', Accept: 'application/json' },
    body: file.slice(0, PREVIEW_BYTES),
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.message ?? fallback, body.code ?? '');
  return body;
}

/** Sends the file and answers when it is imported; `onProgress` hears the share that has been sent, in percent. */
export function upload(
  file: File,
  settings: Record<string, string>,
  onProgress: (percent: number) => void,
  fallback: string,
): Promise<ImportView | { isRepeated: true }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/admin/command/imports?${new URLSearchParams(settings).toString()}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept', 'application/json');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) =>
      onProgress(Math.floor((loaded / total) * 100));
    request.upload.onload = () => onProgress(100);
    request.onload = () => {
      if (request.status < 300) resolve(request.response);
      else reject(new Refused(request.response?.message ?? fallback, request.response?.code ?? ''));
    };
    request.onerror = () => reject(new Refused(fallback, ''));
    request.send(file);
  });
}
