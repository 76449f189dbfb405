import { Box, Icon } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';
import React from 'react';
import { useSelector } from 'react-redux';
import { Link } from 'react-router-dom';
import { command } from './calls';
import { DarkMode } from './dark-mode';
import { ConfirmDialog } from './confirm-dialog';
import { FindBox } from './find-box';
import { ACCOUNT } from './places';
import { Shortcuts } from './shortcuts';

interface SessionStaff {
  readonly name: string;
  readonly title: string;
  readonly language: string;
}

const TopBar = ({ toggleSidebar }: { toggleSidebar: () => void }) => {
  const { t } = useTranslation();
  const staff = useSelector((state: { session: SessionStaff }) => state.session);
  const other = staff?.language === 'en' ? 'zh-CN' : 'en';
  const switchLanguage = () =>
    command('me/language', { language: other }, t).then(() => window.location.reload());
  return (
    <Box
      flex
      alignItems="center"
      style={{ height: 64, background: '#fff', borderBottom: '1px solid #dbe6e3', flexShrink: 0 }}
      data-css="topbar"
    >
      <Box
        px="lg"
        onClick={toggleSidebar}
        display={['block', 'block', 'block', 'block', 'none']}
        style={{ cursor: 'pointer' }}
      >
        <Icon icon="Menu" size={24} />
      </Box>
      <FindBox />
      <Shortcuts />
      <div className="kg-topbar">
        <span className="role">{t('page.common.shanghaiTime')}</span>
        <DarkMode />
        <button type="button" data-testid="switch-language" onClick={() => void switchLanguage()}>
          {t(`enum.language.${other}`)}
        </button>
        <Link to={ACCOUNT} data-testid="account" title={t('page.account.title')}>
          {staff?.name}{' '}
          {staff?.title === staff?.name ? null : <span className="role">{staff?.title}</span>}
        </Link>
        <form method="post" action="/admin/logout">
          <button type="submit">{t('action.logout')}</button>
        </form>
      </div>
      <ConfirmDialog />
    </Box>
  );
};

export default TopBar;
