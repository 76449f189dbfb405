/** Workflows and the steps that touch only our own database. */
export const BACKOFFICE = 'backoffice';

/** Calls to platforms: slow receivers wait here and hold up nothing else. */
export const PLATFORM_IO = 'platform-io';
