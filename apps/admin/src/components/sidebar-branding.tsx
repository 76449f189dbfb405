import React from 'react';
import { Link } from 'react-router-dom';

const SidebarBranding = () => (
  <Link className="kg-brand" to="/admin" data-css="sidebar-logo">
    <img src="/admin/frontend/own/logo.svg" alt="卡供 Kagong" width={170} height={45} />
  </Link>
);

export default SidebarBranding;
