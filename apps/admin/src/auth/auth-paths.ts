export const HOME_PATH = '/admin';
export const LOGIN_PATH = '/admin/login';
export const LOGOUT_PATH = '/admin/logout';
export const SECOND_FACTOR_PATH = '/admin/second-factor';
export const SETUP_PATH = '/admin/second-factor/setup';
